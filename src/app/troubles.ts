import { FailureError } from "../core/failure.ts";
import type { Incident, StateFiles } from "../core/telling/state.ts";
import { endedTrouble, nextTroubles, type TroubleNews, toldTrouble } from "../core/telling/trouble.ts";
import type { Receipt } from "../notify/channel.ts";
import type { Deps } from "./deps.ts";
import { findingsOf, type Looking, overdueNow } from "./findings.ts";

/**
 * Tells the admins of what began and what is over, once each on every channel that they have, and returns what is to be
 * remembered of it. What they could not be told now is told by a later run.
 */
export async function settleTroubles(
  question: Looking & { readonly deps: Deps },
): Promise<Readonly<Record<string, Incident | null>>> {
  const { deps, state, voice } = question;
  // Who does not know what the admins were told would tell them again, with every run.
  if (state.broken.some(({ path }) => path === "system.json")) return {};
  const at = question.at.toISOString();
  const channels = deps.admins.map(({ name }) => name);
  const settle = (newest: StateFiles) =>
    nextTroubles({ system: newest.system, findings: findingsOf(question, newest), channels, at });
  const mayBeKnown = voice.isOneOfSeveral && settle(state).news.length > 0;
  const newest = mayBeKnown ? await newestState(deps, state) : state;
  const step = settle(newest);
  const known = newest.system;
  const system: Record<string, Incident | null> = { ...overdueNow(question, newest), ...step.system };
  for (const [key, all] of Map.groupBy(step.news, (news) => news.key)) {
    let trouble = step.system[key] ?? known[key];
    if (trouble === undefined) continue;
    const receipts = await tellAdmins(question, { news: all, trouble });
    let accepted = 0;
    for (const [index, { kind, channel }] of all.entries()) {
      const receipt = receipts[index];
      if (receipt?.kind !== "accepted") continue;
      accepted += 1;
      const ref = channel === "issue" ? { ref: receipt.ref } : {};
      trouble =
        kind === "begins" ? toldTrouble(trouble, { channel, at, ...ref }) : endedTrouble(trouble, { channel, at });
    }
    const isOver = step.system[key] === null && accepted === all.length;
    // An end that somebody has not heard of stays to be told.
    if (!isOver && accepted > 0) system[key] = trouble;
    else if (!isOver && step.system[key] === null) delete system[key];
  }
  return system;
}

/** What other runs have found and told meanwhile; as it was where that cannot be read. */
async function newestState(deps: Deps, state: StateFiles): Promise<StateFiles> {
  try {
    const newest = await deps.store.read();
    return newest.broken.length === 0 ? newest : state;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    deps.log.warning(`${error.message} The admins may be told what another run has told them.`, { step: "admin" });
    return state;
  }
}

async function tellAdmins(
  { deps, at }: Pick<Parameters<typeof settleTroubles>[0], "deps" | "at">,
  { news, trouble }: { readonly news: readonly TroubleNews[]; readonly trouble: Incident },
): Promise<readonly (Receipt | undefined)[]> {
  const receipts: (Receipt | undefined)[] = [];
  for (const one of news) {
    const ref = trouble.refs?.[one.channel];
    const notice = { ...one, since: new Date(one.since), at, links: { ...deps.links, inventree: "" } };
    const admin = deps.admins.find(({ name }) => name === one.channel);
    const log = deps.log.with({ step: "admin" });
    receipts.push(await admin?.tell(ref === undefined ? notice : { ...notice, ref }, log));
  }
  return receipts;
}
