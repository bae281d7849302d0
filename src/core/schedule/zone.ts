import { nearest } from "../text/suggestion.ts";

/** An instant at which a zone's offset from UTC changes. */
export interface Transition {
  readonly at: number;
  /** Milliseconds east of UTC. */
  readonly before: number;
  readonly after: number;
}

const WEEK = 7 * 86_400_000;

// Formatters are expensive and offsets never change: both are cached, for the few zones of a process.
const formatters = new Map<string, Intl.DateTimeFormat>();
let names: readonly string[] | undefined;
const weeks = new Map<string, Map<number, { readonly offset: number; readonly transition: Transition | undefined }>>();

/** What is wrong with an IANA zone's name, with a suggestion; undefined if nothing is. */
export function zoneProblem(name: string): string | undefined {
  const proposal = zoneProposal(name);
  if (proposal === name) return undefined;
  const hint = proposal === undefined ? "use a name as Europe/Berlin or UTC." : `did you mean ${proposal}?`;
  return `is not an IANA time zone; ${hint}`;
}

/** The zone's offset at that instant, in milliseconds east of UTC. */
export function offsetAt(zone: string, instant: number): number {
  if (zone === "UTC") return 0;
  const text = formatterOf(zone).format(instant);
  const match = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (match === null) throw new Error(`No offset in ${text}`);
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -size : size;
}

/** The zone's first change of offset after `after` and not later than `until`. */
export function nextTransition({
  zone,
  after,
  until,
}: {
  readonly zone: string;
  readonly after: number;
  readonly until: number;
}) {
  if (zone === "UTC") return undefined;
  for (let week = Math.floor(after / WEEK); week * WEEK <= until; week += 1) {
    const transition = transitionIn(zone, week);
    if (transition !== undefined && transition.at > until) return undefined;
    if (transition !== undefined && transition.at > after) return transition;
  }
  return undefined;
}

/** The zone's last change of offset not later than `at`, if it lies within the week before it. */
export function recentTransition(zone: string, at: number): Transition | undefined {
  if (zone === "UTC") return undefined;
  const week = Math.floor(at / WEEK);
  return [transitionIn(zone, week), transitionIn(zone, week - 1)].find(
    (found) => found !== undefined && found.at <= at,
  );
}

/** No zone changes twice within a week (Morocco's Ramadan break, the shortest, takes four). */
function transitionIn(zone: string, week: number): Transition | undefined {
  const known = weekOf(zone, week);
  const next = weekOf(zone, week + 1);
  if (known.offset === next.offset) return undefined;
  if (known.transition !== undefined) return known.transition;
  const transition = { at: changeBetween(zone, week * WEEK), before: known.offset, after: next.offset };
  weeks.get(zone)?.set(week, { ...known, transition });
  return transition;
}

function weekOf(zone: string, week: number) {
  const ofZone = weeks.get(zone) ?? new Map();
  weeks.set(zone, ofZone);
  const known = ofZone.get(week) ?? { offset: offsetAt(zone, week * WEEK), transition: undefined };
  ofZone.set(week, known);
  return known;
}

/** First instant of the week with another offset than its start; changes happen at whole seconds. */
function changeBetween(zone: string, start: number): number {
  const before = offsetAt(zone, start);
  let low = start / 1000;
  let high = (start + WEEK) / 1000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known =
    formatters.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  formatters.set(zone, known);
  return known;
}

/** The name itself if it is one; else what was probably meant. Offsets (+02:00) are not names, and case matters on GitHub. */
function zoneProposal(name: string): string | undefined {
  const all = zoneNames();
  if (all.includes(name)) return name;
  const sameLetters = all.find((one) => one.toLowerCase() === name.toLowerCase());
  if (sameLetters !== undefined) return sameLetters;
  if (isAlias(name)) return name;
  const city = all.find((one) => one.toLowerCase().endsWith(`/${name.toLowerCase().replaceAll(" ", "_")}`));
  return city ?? nearest(name, all);
}

function zoneNames(): readonly string[] {
  names ??= ["UTC", ...Intl.supportedValuesOf("timeZone")];
  return names;
}

/** Abbreviations that ICU knows and the IANA database does not. */
const NOT_IANA =
  /^(?:ACT|AET|AGT|ART|AST|BET|BST|CAT|CNT|CST|CTT|EAT|ECT|IET|IST|JST|MIT|NET|NST|PLT|PNT|PRT|PST|SST|VST)$/;

/** Old names (Asia/Calcutta, US/Pacific) are names too, though Intl does not list them. */
function isAlias(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+/-]*$/.test(name) || NOT_IANA.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
