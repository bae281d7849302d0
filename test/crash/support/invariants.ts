// What is promised to people, whatever befalls the runs.
import type { StateFiles } from "../../../src/core/notification/state.ts";
import type { Play } from "./schedule.ts";
import { type Heard, PEOPLE, shortWords, truth } from "./world.ts";

export class Violation extends Error {
  override readonly name = "Violation";
}

const CHANNELS = ["email", "webhook"] as const;

/** What holds at any moment at which no run is going on, whatever has become of them. */
export async function whileQuiet({ office, disturbances }: Play, state: StateFiles): Promise<void> {
  if (state.broken.length > 0) throw new Violation(`the state does not parse: ${state.broken[0]?.path}`);
  for (const list of Object.keys(office.lists)) {
    for (const channel of CHANNELS) {
      const heard = office.heard.filter((one) => one.list === list && one.channel === channel);
      lastWordIsKnown(state, { list, channel, last: heard.at(-1) });
      for (const [index, one] of heard.entries()) {
        const before = heard.slice(0, index);
        repeatsOnlyWhereExcused(one, { before, disturbances });
        saysNothingFalse(one, before);
      }
    }
  }
  idsAreUnique(office.heard);
}

/** The last thing that people heard is what state says they know, or state owes them a correction. */
function lastWordIsKnown(
  state: StateFiles,
  { list, channel, last }: { readonly list: string; readonly channel: string; readonly last: Heard | undefined },
): void {
  const monitor = state.monitors[list];
  if (monitor?.sending?.[channel] !== undefined) return;
  const delivered = monitor?.delivered[channel];
  const known = delivered === undefined ? undefined : shortWords(delivered.significant.short);
  if (known === last?.says) return;
  throw new Violation(
    `${list}, ${channel}: people heard last "${last?.says}" (${last?.messageId}), and state holds that they know "${known}", with nothing owed`,
  );
}

/** The same thing is said again only after something went wrong, and then as the same message, or as a correction. */
function repeatsOnlyWhereExcused(
  one: Heard,
  { before, disturbances }: { readonly before: readonly Heard[]; readonly disturbances: readonly number[] },
): void {
  // Whom it reaches at last has not heard it before.
  const same = before.filter(({ people }) => people.some((person) => one.people.includes(person)));
  const last = same.at(-1);
  const again = same.find(({ messageId }) => messageId === one.messageId);
  const first = again ?? (last?.says === one.says ? last : undefined);
  if (first === undefined) return;
  // What befell the run that sent it happened before or soon after.
  const excused = disturbances.some((effect) => effect >= first.effect - LONGEST_RUN && effect <= one.effect);
  if (!excused) throw new Violation(`${one.list}, ${one.channel}: notified twice without a reason: ${one.messageId}`);
  if (again === undefined && !one.corrects)
    throw new Violation(
      `${one.list}, ${one.channel}: "${one.says}" again under another id: ${first.messageId}, then ${one.messageId}`,
    );
}

/** No run, nor two at once, has more effects than that. */
const LONGEST_RUN = 60;

/** new: people did not know. resolved: they did. */
function saysNothingFalse(one: Heard, before: readonly Heard[]): void {
  if (before.some(({ messageId }) => messageId === one.messageId)) return;
  const last = before.at(-1);
  const known = new Set((last?.says ?? "").split(" ").map((row) => row.split(":")[0]));
  const now = new Set(one.says.split(" ").map((row) => row.split(":")[0]));
  for (const { sort, part, kind } of one.rows) {
    if (kind !== "short") continue;
    const name = String(part);
    if (sort === "resolved" && (now.has(name) || !known.has(name)))
      throw new Violation(`${one.list}, ${one.channel}: falsely resolved: ${name}, in ${one.messageId}`);
    if (sort === "new" && (!now.has(name) || known.has(name)))
      throw new Violation(`${one.list}, ${one.channel}: falsely new: ${name}, in ${one.messageId}`);
  }
}

/** One id, one message. */
function idsAreUnique(heard: readonly Heard[]): void {
  const said = new Map<string, string>();
  const listsOf = Map.groupBy(heard, ({ messageId }) => messageId);
  for (const { messageId, says, list } of heard) {
    // Lists share a mail only as a whole.
    const key = messageId.includes("+lists") ? `${list} ${messageId}` : messageId;
    const words = `${list}: ${says}`;
    if ((said.get(key) ?? words) !== words)
      throw new Violation(`two messages bear ${messageId}: "${said.get(key)}" and "${words}"`);
    said.set(key, words);
  }
  for (const [messageId, all] of listsOf) {
    const times = [...Map.groupBy(all, ({ list, people }) => `${list} ${people.join(" ")}`).values()].map(
      (one) => one.length,
    );
    if (messageId.includes("+lists") && new Set(times).size > 1)
      throw new Violation(`one mail, ${messageId}, with other lists in it than the same mail before`);
  }
}

/** What holds after one undisturbed run, and another that had nothing to say. */
export function afterwards(
  { office, machine }: Play,
  { state, told, errors }: { readonly state: StateFiles; readonly told: number; readonly errors: readonly unknown[] },
): void {
  const [error] = errors.filter((one) => one !== undefined);
  if (error !== undefined) throw new Violation(`something is left that blocks: ${String(error)}`);
  if (office.heard.length !== told) throw new Violation("an undisturbed run left something to be said to the next one");
  for (const [list, boards] of Object.entries(office.lists)) {
    for (const channel of CHANNELS) {
      const now = truth(boards, office.stock);
      for (const person of channel === "email" ? PEOPLE : ["team"]) {
        const last = office.heard.findLast(
          (one) => one.list === list && one.channel === channel && one.people.includes(person),
        );
        if (last?.says !== now)
          throw new Violation(`${list}, ${channel}: ${person} heard last "${last?.says}", and true is "${now}"`);
      }
    }
    if (state.monitors[list]?.sending !== undefined) throw new Violation(`${list}: a claim is left`);
    const outcome = state.runs[list]?.last_run.outcome;
    if (outcome !== "unchanged") throw new Violation(`${list}: the last run ended "${outcome}"`);
  }
  const [incident] = Object.keys(state.system);
  if (incident !== undefined) throw new Violation(`an incident is left that nobody has any more: ${incident}`);
  const open = new Map(office.notices.map(({ key, kind }) => [key, kind]));
  for (const [key, kind] of open) if (kind === "opened") throw new Violation(`the admins still believe in ${key}`);
  const red = machine.trace.filter((line) => line.includes(" is red: ")).at(-1);
  const lastRun = machine.trace.findLast((line) => / ends/.test(line))?.split(" ends")[0];
  if (red !== undefined && lastRun !== undefined && red.startsWith(`${lastRun} `)) throw new Violation(red);
}
