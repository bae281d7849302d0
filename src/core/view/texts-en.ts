import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";
import { troubleOf } from "./texts-trouble.ts";

/** English. */
export function en(format: Format): Texts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  return {
    subjectShort: "parts short",
    subjectCovered: "all covered",
    partsShort: (n) => `${count(n, "part is", "parts are")} short`,
    watchedShort: (n) => `${count(n, "watched part is", "watched parts are")} low or out of stock`,
    allCovered: "All covered",
    preheader: (counts) =>
      [
        counts.short > 0 ? `${format.quantity(counts.short)} short` : "nothing short",
        ...(counts.out > 0 ? [`${format.quantity(counts.out)} out of stock`] : []),
        ...(counts.low > 0 ? [`${format.quantity(counts.low)} low`] : []),
        `${format.quantity(counts.toBuild)} to build`,
        `${format.quantity(counts.critical)} critical`,
        `coverage ${counts.coverage}`,
      ].join(" · "),
    checkedAt: (instant) => `Checked ${instant}`,
    neededFor: (assemblies) => `for ${assemblies}`,
    since: (day) => `since ${day}`,
    shortSince: (day) => `Short since ${day}`,
    facts: {
      requested: "Parts requested",
      available: "Parts available",
      coverage: "Coverage",
      short: "Short",
      to_build: "To build",
      critical: "Critical",
      unresolved: "Not found",
      low: "Low",
      out: "Out of stock",
      lines: "Parts checked",
    },
    ofRequested: (requested) => `of ${requested} requested`,
    sections: {
      changed: "What changed",
      missing: "Missing",
      to_order: "To order",
      to_build: "Sub-assemblies to build",
      critical: "Critical",
      alternatives: "Alternatives",
      watched: "Watched stock",
      problems: "Problems with the list",
      data_quality: "Data quality",
      can_build: "What stock allows",
      cost: "Cost",
      silenced: "Silenced",
      parts: "All parts",
    },
    columns: {
      part: "Part",
      ipn: "IPN",
      version: "Version",
      units: "Unit",
      status: "Status",
      required: "Required",
      optional: "Optional",
      in_stock: "In stock",
      committed: "Committed",
      available: "Available",
      borrowed: "From variants",
      on_order: "On order",
      in_production: "In production",
      missing: "Missing",
      owed: "Owed",
      to_order: "To order",
      order_quantity: "Order quantity",
      to_build: "To build",
      critical: "Below minimum by",
      delivery: "Next delivery",
      covered_by: "Substituted by",
      needed_for: "Needed for",
      notes: "Notes",
      since: "Since",
      change: "Change",
      kind: "Kind",
      before: "Before",
      now: "Now",
      for: "Instead of",
      substitute: "Substitute",
      free: "Free",
      minimum: "Minimum",
      lacking: "Lacking",
      location: "Location",
      entry: "Entry",
      problem: "What to mend",
      remark: "Remark",
      cost: "Cost of",
      least: "At least",
      most: "At most",
      unpriced: "Without a price",
      quantity: "Quantity",
      reason: "Reason",
      until: "Until",
      assembly: "Assembly",
      can_build: "Through all levels",
      direct: "From parts at hand",
      limited_by: "Limited by",
    },
    status: {
      short: "short",
      not_found: "not found",
      ambiguous: "ambiguous",
      on_its_way: "on its way",
      in_production: "in production",
      to_build: "to build",
      critical: "critical",
      enough: "enough",
      enough_with_variants: "enough, with variants",
      too_large: "too much to count",
      low: "low",
      out: "out",
    },
    change: { new: "new", worsened: "worse", improved: "better", resolved: "resolved" },
    changeKind: {
      short: "short",
      build: "to build",
      critical: "critical",
      low: "low",
      out: "out of stock",
      unresolved: "not found",
    },
    changeLead: (change, covered) => {
      switch (change.kind) {
        case "first":
          return covered ? "Monitoring started, all covered." : "Monitoring started: this is the first check.";
        case "reminder":
          return "Reminder: nothing changed since the last mail, and it is still short.";
        case "unchanged":
          return "Nothing changed since the last mail.";
        case "changed":
          return "";
      }
    },
    listEdited: "The list was edited.",
    nowSilenced: (n) => `${count(n, "part was", "parts were")} silenced.`,
    outlook: (outlook, day, onOrder) => {
      switch (outlook.state) {
        case "covered":
          return day;
        case "late":
          return `late since ${day}`;
        case "undated":
          return "ordered, no date";
        case "not_covered":
          return onOrder > 0 ? "too little ordered" : "nothing ordered";
      }
    },
    flag: {
      optional: "optional",
      template: "template",
      inactive: "inactive",
      policy_buy: "bought by policy",
    },
    note: {
      stock_narrowed: "only part of the stock counts",
      variants_used: "uses stock of variants",
    },
    stockNarrowed: "Only the stock that policy.stock names is counted; commitments are counted whole.",
    locationWatch: "With a location only stock there counts; commitments are not split by place and are left out.",
    consumablesLeftOut: (n) => `${count(n, "consumable is", "consumables are")} left out.`,
    nothingLimits: "no limit",
    silencedPart: "silenced",
    costOf: { required: "all that is required", missing: "what is missing", to_order: "what is to be ordered" },
    noEnd: "until it changes",
    problem: (problem) => problem.message,
    quality: (quality) => quality.message,
    more: (n) => `and ${n} more`,
    moreInCsv: (n) => `and ${n} more in the attached CSV`,
    mail: {
      attached: "Every part with all its figures is in the attached CSV.",
      why: (name) => `You get this mail because you are a recipient of the list “${name}”.`,
      editList: "Edit or leave this list",
      thisRun: "The run that found this",
      openInvenTree: "Open in InvenTree",
      partLink: "link",
      summary: "Summary",
    },
    admin: {
      title: (key) =>
        troubleOf(key, {
          unreachable: (instance) => `InvenTree${instance} cannot be reached`,
          refused: (instance) => `InvenTree${instance} refuses Partwatch`,
          incomplete: (instance) => `InvenTree${instance} could not be read completely`,
          mail: "Mail cannot be delivered",
          state: "The state branch is damaged",
          overdue: "Checks are overdue",
          issue: "Issues cannot be written",
          webhook: (variable) => `The webhook of ${variable} cannot be called`,
          file: (path) => `${path} is broken`,
          check: (monitor) => `The list ${monitor} cannot be counted`,
          address: (address) => `Mail to ${address} is refused`,
          other: (other) => `Trouble: ${other}`,
        }),
      overTitle: (key) =>
        troubleOf(key, {
          unreachable: (instance) => `InvenTree${instance} can be reached again`,
          refused: (instance) => `InvenTree${instance} accepts Partwatch again`,
          incomplete: (instance) => `InvenTree${instance} can be read completely again`,
          mail: "Mail is delivered again",
          state: "The state branch is well again",
          overdue: "No check is overdue any more",
          issue: "Issues can be written again",
          webhook: (variable) => `The webhook of ${variable} works again`,
          file: (path) => `${path} is well again`,
          check: (monitor) => `The list ${monitor} can be counted again`,
          address: (address) => `Mail to ${address} is accepted again`,
          other: (other) => `Over: ${other}`,
        }),
      usualFix: (key) =>
        troubleOf(key, {
          unreachable: () =>
            "Look whether InvenTree runs and whether INVENTREE_URL can be reached from where Partwatch runs. Nothing has to be repeated: the next run checks what is due.",
          refused: () =>
            "Look whether INVENTREE_API_TOKEN is valid and whether its user may view what the cause names. Then start the run again, or wait for the next one.",
          incomplete: () =>
            "Look into InvenTree's own log for this request. Until it can be read completely nothing is told, and nothing counts as resolved.",
          mail: "Look at the mail settings (EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_USERNAME, EMAIL_PASSWORD). What was not delivered is sent by the next run.",
          state:
            "Mend the file on the state branch as the cause says, or take it from an earlier commit there. Until then nobody is told of these lists.",
          overdue:
            "Look at whatever starts these checks: is the schedule switched off, a runner away, a job cancelled? GitHub stops the schedules of public repositories after 60 days without activity. `partwatch doctor` looks into it.",
          issue: "Do what the cause says. What was not written is written by the next run.",
          webhook: (variable) =>
            `Look at the server, and at the address in ${variable}. What was not delivered is sent by the next run.`,
          file: (path) =>
            `Mend ${path} in a pull request; \`partwatch validate\` shows all its problems. Until then it is not checked.`,
          check: () => "Mend the list as the cause says. Until then nothing is told about it.",
          address: (address) => `Correct ${address}, or take it off the lists that name it.`,
          other: () => "See the run's log.",
        }),
      begins: "Needs attention",
      over: "Well again",
      since: "Since",
      overAt: "Over since",
      lasted: "Began",
      cause: "Cause",
      wasCause: "It was",
      fix: "What to do",
      monitors: "Monitors touched",
      run: "The run that found this",
      once: "You are told once when trouble begins and once when it is over.",
      preheader: (n) => (n === 0 ? "" : `${count(n, "monitor is", "monitors are")} touched`),
    },
  };
}
