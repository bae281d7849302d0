import type { AlertKind } from "../../core/notification/significant.ts";
import type { LastRun } from "../../core/notification/state.ts";
import type { ListRow } from "../../core/overview/lists.ts";
import type { StockStatus } from "../../core/overview/parts.ts";
import type { Format } from "../../core/view/format.ts";
import type { AlertCounts, PageName, ShortCounts } from "./texts.ts";

/** English. */
export function en(format: Format) {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  const lists = (n: number) => count(n, "list", "lists");
  const parts = (n: number) => count(n, "part", "parts");
  const days = (n: number) => count(Math.round(n), "day", "days");
  return {
    skip: "Skip to content",
    navigation: "Pages",
    find: "Find a list or a part",
    found: "What was found",
    foundOne: "1 result",
    foundMany: "{n} results",
    foundNone: "Nothing found",
    onThisPage: "On this page",
    morePages: "More pages",
    pages: {
      overview: "Overview",
      lists: "Lists",
      parts: "Parts",
      order: "To order",
      alerts: "Alerts",
      runs: "Runs",
      settings: "Settings",
    } as Readonly<Record<PageName, string>>,
    stalePage:
      "This page is old: a check should have run since, and nothing newer was published. The figures may be out of date.",
    percent: (n: number) => `${n}%`,
    more: (n: string) => `and ${n} more`,
    of: (n: string) => `of ${n}`,
    asTable: "As a list",
    sentence: {
      noList: "No lists yet.",
      allInactive: "All lists are switched off.",
      neverChecked: "Nothing has been checked yet.",
      unknown: "We do not know what is short now.",
      short: ({ missing, low, lists: n, of }: ShortCounts) => {
        const short = missing === 0 ? [] : [`${count(missing, "part is", "parts are")} missing`];
        const watched =
          low === 0
            ? []
            : [
                `${missing === 0 ? count(low, "part is", "parts are") : `${format.quantity(low)} ${format.plural(low, { one: "is", other: "are" })}`} running low`,
              ];
        const where = of === 1 ? "" : `, in ${format.quantity(n)} of ${lists(of)}`;
        return `${[...short, ...watched].join(" and ")}${where}.`;
      },
      covered: (n: number) => (n === 1 ? "Everything is covered." : `Everything is covered, in all ${lists(n)}.`),
      partlyKnown: (unknown: number, of: number) =>
        unknown === of
          ? "We do not know what is short now."
          : `Nothing is short, as far as we know: ${format.quantity(unknown)} of ${lists(of)} could not be checked, or not yet.`,
    },
    neverKnown: "Nothing was ever known.",
    asKnown: (when: string, words: string) => `What was known on ${when}: ${words}`,
    asOf: (when: string) => `as of ${when}`,
    onOrder: ({ nothing, late }: { readonly nothing: number; readonly late: number }) =>
      `${[
        nothing > 0 ? `Too little is on order for ${format.quantity(nothing)} of them` : "All of them are on order",
        ...(late > 0 ? [`${late === 1 ? "one delivery is" : `${format.quantity(late)} deliveries are`} late`] : []),
      ].join(", and ")}.`,
    someStale: (n: number) => `${n === 1 ? "One list has" : `${format.quantity(n)} lists have`} old figures.`,
    lastCheck: (when: string) => `Last check ${when}.`,
    nextCheck: (when: string) => `Next check ${when}.`,
    since: (when: string) => `Since ${when}:`,
    sinceDay: (day: string) => `since ${day}`,
    planOf: (lists: number) => (lists === 1 ? "Plan of 1 list" : `Plan of ${lists} lists`),
    shortSince: (day: string) => `Short since ${day}.`,
    adminsTold: (when: string) => `The admins were notified on ${when}.`,
    fileBroken: (file: string) => `${file} is broken.`,
    nothingChecked: "No list is checked until it is fixed.",
    listsBroken: (n: number) => (n === 1 ? "One list is not checked." : `${format.quantity(n)} lists are not checked.`),
    stateBroken: "Part of what was recorded cannot be read.",
    stateBrokenList: "What was recorded about this list cannot be read; see the overview.",
    checksOverdue: (n: number) => (n === 1 ? "A check is overdue." : `${format.quantity(n)} checks are overdue.`),
    expectedAt: "Expected",
    lookAtSchedule: "Check what starts Partwatch: a schedule, a runner.",
    notChecked: "This list is not checked.",
    checkFailed: "The last check failed.",
    notificationFailed: "The last notification failed.",
    figuresOf: (when: string) => `The figures below are of ${when}.`,
    toldBefore: (n: number, when: string) => `${format.quantity(n)} short as notified on ${when}.`,
    foundNow: (n: number) => `The last check found ${format.quantity(n)}.`,
    tiles: {
      short: "Parts short",
      toOrder: "To order",
      late: "Deliveries late",
      covered: "Lists covered",
      canBuild: "Can be built today",
      notified: "Notified",
      free: "Free",
      wanted: "Wanted by lists",
      onOrder: "On order",
    },
    sinceYesterday: (change: number) =>
      change === 0
        ? "as many as the day before"
        : `${format.quantity(Math.abs(change))} ${change > 0 ? "more" : "fewer"} than the day before`,
    spark: (first: number, last: number) =>
      `${format.quantity(first)} thirty days before, ${format.quantity(last)} at the last check`,
    partsToOrder: (n: number): string => (n === 0 ? "nothing to order" : n === 1 ? "part" : "different parts"),
    noneLate: "none is late",
    lateSince: (day: string) => `longest since ${day}`,
    allChecked: "all checked",
    allLists: (n: string) => (n === "1" ? "The one list" : `All ${n} lists`),
    moreLists: (n: string) => `and ${n} more lists`,
    allParts: (n: string) => (n === "1" ? "The one part" : `All ${n} parts`),
    listStatus: {
      broken: "Broken",
      unreadable: "Unreadable",
      failed: "Failed",
      overdue: "Overdue",
      short: "Short",
      new: "Not checked yet",
      covered: "Covered",
      inactive: "Inactive",
    } as Readonly<Record<ListRow["status"], string>>,
    counts: {
      short: (n: string) => `${n} short`,
      low: (n: string) => `${n} low`,
      out: (n: string) => `${n} out`,
      critical: (n: string) => `${n} critical`,
    },
    columns: {
      state: "State",
      list: "List",
      lists: "Lists",
      days: "30 days",
      coverage: "Coverage",
      next: "Next check",
      part: "Part",
      missing: "Missing",
      required: "Required",
      available: "Available",
      toOrder: "To order",
      delivery: "Next delivery",
      lacking: "Short by",
      count: "Parts",
      share: "Share",
      since: "Since",
      quantity: "Quantity",
      action: "What to do",
      when: "When",
      result: "Result",
      short: "Short",
      duration: "Took",
    },
    last: "Last",
    next: "Next",
    after: "Then",
    schedule: "Schedule",
    overdueSince: "overdue since",
    neverChecked: "Never checked",
    firstCheck: "The first check runs at its next scheduled time.",
    nothingTold: "No notification yet",
    nothingToldText: "Figures appear with the first notification.",
    nobodyNotified: "nobody yet",
    noList: {
      title: "No list yet",
      text: "A list says what you want to build or keep in stock. Put a file into monitors/, or run partwatch init.",
    },
    listsTitle: (n: number) => `${lists(n)}.`,
    pageOf: (page: number, of: number) => `page ${page} of ${of}`,
    stockTitle: "Stock for what is planned",
    stockWords: (rows: readonly string[]) => `Stock for what is planned. ${rows.join(", ")}.`,
    partsInLists: (n: string, of: number) => `${n} parts in ${lists(of)}`,
    stock: {
      nothing_ordered: "Short, too little on order",
      on_its_way: "Short, on its way",
      to_build: "To build here",
      below_minimum: "Below minimum",
      silenced: "Silenced",
      enough: "Enough",
    } as Readonly<Record<StockStatus, string>>,
    heldUp: "Parts that hold up most",
    deliveriesTitle: "Deliveries ahead",
    deliveriesAside: "size: parts in the order",
    deliveriesWords: (n: number) => `${count(n, "delivery", "deliveries")} on a line of days`,
    together: {
      title: "Enough for each, not for all",
      lead: "Each list is counted alone against the whole stock. Built together, these run out:",
      row: (free: string, wanted: string) => `${free} free, ${wanted} wanted`,
    },
    coverageLine: (available: number, requested: number) =>
      `${format.quantity(available)} of ${count(requested, "entry", "entries")} at hand`,
    about: (money: string) => `about ${money}`,
    limitedBy: (names: string) => `limited by ${names}`,
    channel: (channel: string) => (channel === "email" ? "mail" : channel),
    life: (name: string, from: string, to: string | undefined) =>
      to === undefined ? `${name}: since ${from}` : `${name}: ${from} to ${to}`,
    lives: (open: number, resolved: number) =>
      `${count(open, "open alert", "open alerts")}, ${format.quantity(resolved)} resolved in the last four weeks`,
    alertsAside: (open: number, seen: number) =>
      `${format.quantity(open)} open, ${format.quantity(seen)} of them acknowledged`,
    shortParts: "Short parts",
    withNotifications: "with notifications",
    checks: "Checks",
    checkWords: (notified: number, unchanged: number, failed: number) =>
      `The last checks: ${format.quantity(notified)} notified, ${format.quantity(unchanged)} without news, ${format.quantity(failed)} failed`,
    outcomes: {
      notified: "notified",
      partly_notified: "partly notified",
      unchanged: "unchanged",
      elsewhere: "notified by another run",
      failed: "failed",
      skipped: "skipped",
    } as Readonly<Record<LastRun["outcome"], string>>,
    took: (ms: number) =>
      ms < 1000
        ? "under 1 s"
        : ms < 90_000
          ? `${format.quantity(Math.round(ms / 1000))} s`
          : `${format.quantity(Math.round(ms / 60_000))} min`,
    partsTitle: (n: number) => (n === 0 ? "No parts yet." : `${parts(n)} in use.`),
    partsLead: "Every part that an active list asks for, as last notified.",
    searchFinds: "The search finds all of them.",
    missingInLists: (quantity: string, n: number) => `${quantity} missing in ${lists(n)}, each counted alone.`,
    lacksTogether: (quantity: string) => `All lists together are missing ${quantity}.`,
    partlyOld: "Some of these figures are old.",
    stockLine: (stock: string, committed: string) => `${stock} in stock, ${committed} committed`,
    inLists: lists,
    toOrderLine: (quantity: string) => `${quantity} to order`,
    whereNeeded: "Where it is needed",
    eachAlone: "each list counted alone",
    minimumOf: (quantity: string) => `minimum ${quantity}`,
    alertsTitle: (n: number, fresh: number) => {
      if (n === 0) return "No alert is open.";
      return `${count(n, "alert", "alerts")}${fresh === 0 ? "" : fresh === 1 ? ", one of them new" : `, ${format.quantity(fresh)} of them new`}.`;
    },
    alertsLead: ({ acknowledged, dismissed, resolved, days: usual }: AlertCounts) =>
      [
        `${format.quantity(acknowledged)} ${format.plural(acknowledged, { one: "is", other: "are" })} acknowledged, ${format.quantity(dismissed)} ${format.plural(dismissed, { one: "is", other: "are" })} dismissed.`,
        ...(resolved === 0 || usual === undefined
          ? []
          : [
              `${format.quantity(resolved)} ${format.plural(resolved, { one: "was", other: "were" })} resolved in the last week; half of them within ${days(Math.max(1, usual))}.`,
            ]),
      ].join(" "),
    alertGroups: {
      active: "Active",
      acknowledged: "Acknowledged",
      dismissed: "Dismissed",
      silenced: "Silenced",
      resolved: "Resolved",
    },
    alertKinds: {
      short: "Short",
      critical: "Critical",
      low: "Low",
      out: "Out of stock",
      late: "Not in time",
      order_now: "Order now",
      unresolved: "Not found",
    } as Readonly<Record<AlertKind, string>>,
    noAlerts: "Nothing to look at",
    longestFirst: "longest first",
    newestFirst: "newest first",
    forDays: (n: number) => (n === 0 ? "today" : days(n)),
    resolvedOn: (day: string, n: number) => `resolved ${day}, ${n === 0 ? "within a day" : `after ${days(n)}`}`,
    until: (day: string) => `until ${day}`,
    untilMore: (quantity: string) => `until more than ${quantity}`,
    acknowledgeHint:
      "To acknowledge an alert, run the command beside it, or tick the part in the list's issue. It stays in the mails; reminders stop.",
    runsTitle: (n: number, failed: number) =>
      `${count(n, "check", "checks")} in the last 24 hours, ${failed === 0 ? "none failed" : `${format.quantity(failed)} failed`}.`,
    footer: (when: string) => `As of ${when}`,
    nothingKnown: "No run yet",
    checkOf: (name: string) => `Check of ${name}`,
    deliveryOf: (order: string) => `Delivery: ${order}`,
    badgeUnknown: "unknown",
    badgeCovered: "covered",
    badgeShort: (n: string) => `${n} short`,
    feed: "Feed of changes",
    calendar: "Calendar",
    inventory: "Data as JSON",
    badge: "Badge",
    listFile: "The list's file",
    csv: "All parts as CSV",
  };
}

/** Everything that the pages say beside the mail's own words, in one language. Both catalogues have the same keys. */
export type PageTexts = ReturnType<typeof en>;
