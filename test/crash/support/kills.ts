// Kills the bundled program at one spot after the other, while stock moves and moves back; after each kill one run has to mend
// everything.
import type { Site } from "./sites.ts";
import type { Spot } from "./tripwire.ts";

export interface Tally {
  kills: number;
  /** How often at which kind of boundary. */
  readonly kinds: Map<string, number>;
  repeats: number;
  readonly violations: string[];
}

const STOCKS: readonly [number, ...number[]] = [5, 20, 1];
const LISTS = ["a", "b"] as const;

interface Expected {
  readonly mail: string;
  readonly shown: string | undefined;
}

export async function killEverywhere(site: Site, wanted: number): Promise<Tally> {
  const tally: Tally = { kills: 0, kinds: new Map(), repeats: 0, violations: [] };
  const expected = new Map<number, Expected>();
  const counts = new Map<string, number>();
  // Nothing befalls these: what each stock looks like, and where there is something to befall.
  for (const chips of [...STOCKS, STOCKS[0]]) {
    site.putChips(chips);
    await site.runUntil(undefined);
    const { network, git } = await site.tripwire.passed();
    const gits = git === 0 ? [] : [["git before", git] as const, ["git after", git] as const];
    for (const [kind, count] of [...network, ...gits]) counts.set(kind, Math.max(count, counts.get(kind) ?? 0));
    expected.set(chips, { mail: hashes(site, "a").at(-1) ?? "", shown: site.shown().a });
  }
  if (new Set([...expected.values()].map(({ mail }) => mail)).size !== STOCKS.length)
    tally.violations.push("the undisturbed runs did not say what each stock is");
  const spots = allSpots(counts);
  let before: number = STOCKS[0];
  for (let number = 0; tally.kills < wanted && number < wanted * 2; number += 1) {
    const spot = spots[number % spots.length];
    const moved = STOCKS[(STOCKS.indexOf(before) + 1) % STOCKS.length] ?? before;
    const seen = site.sink.mails().length;
    site.putChips(moved);
    await site.runUntil(spot);
    const hit = await site.tripwire.hit();
    // Every second time, and the other way round in the next pass, what was to be said is no longer true.
    const isBack = (number + Math.floor(number / spots.length)) % 2 === 0;
    const now = isBack ? before : moved;
    site.putChips(now);
    const failures = await site.recover();
    const wrong = [...failures, ...(await wrongAfter(site, { now: expected.get(now), seen }))];
    if (hit !== undefined) {
      tally.kills += 1;
      const kind = kindOf(hit);
      tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1);
    }
    tally.repeats += repeatsSince(site, seen);
    tally.violations.push(
      ...wrong.map((words) => `killed at ${hit} (${JSON.stringify(spot)}), ${before} → ${moved} → ${now}: ${words}`),
    );
    before = now;
  }
  return tally;
}

/** `mail →`, of `mail → DATA`. */
function kindOf(label: string): string {
  return label.replace(/ [^ ]+$/, "");
}

/** One in the middle of each kind first, so that few kills miss none; then all of them. */
function allSpots(counts: ReadonlyMap<string, number>): readonly Spot[] {
  const kinds = [...counts].map(([kind, count]) => Array.from({ length: count }, (_, index) => spotOf(kind, index)));
  const firsts = kinds.map((all) => all[Math.floor(all.length / 3)]).filter((spot) => spot !== undefined);
  return [...firsts, ...mixed(kinds.flat().filter((spot) => !firsts.includes(spot)))];
}

function spotOf(kind: string, index: number): Spot {
  const when = /^git (before|after)$/.exec(kind)?.[1];
  return when === "before" || when === "after" ? { on: "git", when, index } : { on: "network", kind, index };
}

/** All of them, in leaps, so that few kills are spread over everything. */
function mixed<T>(all: readonly T[]): readonly T[] {
  let leap = Math.max(1, Math.round(all.length * 0.382));
  while (divisor(leap, all.length) > 1) leap += 1;
  return all.flatMap((_, index) => all[(index * leap) % all.length] ?? []);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

/** What is not as it was promised. */
async function wrongAfter(
  site: Site,
  { now, seen }: { readonly now: Expected | undefined; readonly seen: number },
): Promise<readonly string[]> {
  const state = await site.state();
  const wrong = state.broken.map(({ path }) => `${path} does not parse`);
  const incidents = Object.keys(state.system);
  if (incidents.length > 0) wrong.push(`incidents are left: ${incidents.join(", ")}`);
  for (const list of LISTS) {
    const last = hashes(site, list).at(-1);
    if (last !== now?.mail) wrong.push(`${list}: the last mail says ${last}, and true is ${now?.mail}`);
    const shown = site.shown()[list];
    if (shown !== now?.shown) wrong.push(`${list}: shown is "${shown}", and true is "${now?.shown}"`);
    if (state.monitors[list]?.sending !== undefined) wrong.push(`${list}: a claim is left`);
    wrong.push(...wrongMails(site, { list, seen }));
  }
  return wrong;
}

/** The same result is told again only as the same message, or where something else may have been heard in between. */
function wrongMails(site: Site, { list, seen }: { readonly list: string; readonly seen: number }): readonly string[] {
  const mails = mailsTo(site, list);
  return mails.flatMap((mail, index) => {
    const last = mails[index - 1];
    if (mail.number <= seen || last === undefined) return [];
    const same = hashOf(mail) === hashOf(last);
    const corrects = /may\s+have\s+said\s+otherwise/.test(mail.parsed.text ?? "");
    return same && mail.parsed.messageId !== last.parsed.messageId && !corrects
      ? [`${list}: the same again under another id: ${last.parsed.messageId}, then ${mail.parsed.messageId}`]
      : [];
  });
}

function repeatsSince(site: Site, seen: number): number {
  const ids = site.sink.mails().map(({ parsed }) => parsed.messageId);
  return ids.filter((id, index) => index >= seen && ids.indexOf(id) < index).length;
}

function hashes(site: Site, list: string): readonly string[] {
  return mailsTo(site, list).map(hashOf);
}

function mailsTo(site: Site, list: string) {
  return site.sink.mails().filter(({ to }) => to.includes(`${list}@example.com`));
}

/** The part of a Message-ID that stands for the result. */
function hashOf({ parsed }: ReturnType<typeof mailsTo>[number]): string {
  return parsed.messageId?.split(".")[2] ?? "";
}
