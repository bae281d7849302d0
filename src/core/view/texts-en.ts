import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";
import { enAdmin } from "./texts-en-admin.ts";

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
    optionalPart: (optional, required) => `${optional} of ${required} optional`,
    owedPart: (owed) => `${owed} of it for earlier orders`,
    coveredPart: (substitutes) => `with ${substitutes} instead`,
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
      enough_with_substitutes: "enough, with substitutes",
      too_large: "too much to count",
      low: "low",
      out: "out",
    },
    change: { new: "new", worsened: "worse", corrected: "now", improved: "better", resolved: "resolved" },
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
    mayHaveSaidOtherwise: (times) => `A mail of ${times} may have said otherwise.`,
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
    policy: (fields) => `Counted by this list's policy: ${fields}.`,
    stockNarrowed: "Only stock that policy.stock allows is counted; commitments are counted whole.",
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
    admin: enAdmin(format),
  };
}
