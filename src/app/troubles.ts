import { FailureError } from "../core/failure.ts";
import { own } from "../core/records.ts";
import type { ClaimClock } from "../core/telling/claims.ts";
import type { NoticeStep } from "../core/telling/sending.ts";
import type { Incident, StateDelta, StateFiles } from "../core/telling/state.ts";
import { nextTroubles, noticeClaim, type TroubleNews, type TroubleStep } from "../core/telling/trouble.ts";
import type { AdminNotice } from "../notify/channel.ts";
import type { Deps } from "./deps.ts";
import type { RunEnd } from "./ending.ts";
import { findingsOf, type Looking, overdueNow } from "./findings.ts";

type ClaimStep = Extract<NoticeStep, { readonly kind: "claim" }>;

/** What the admins are to be told, and what the incidents are by now. */
export interface IncidentPlan {
  readonly step: TroubleStep;
  readonly known: Readonly<Record<string, Incident>>;
  readonly notices: readonly { readonly news: TroubleNews; readonly claim: ClaimStep }[];
  /** Beside the claims, for the commit that writes them. */
  readonly system: Readonly<Record<string, Incident>>;
  readonly at: Date;
}

const NOTHING: Pick<IncidentPlan, "step" | "known" | "notices" | "system"> = {
  step: { news: [], system: {} },
  known: {},
  notices: [],
  system: {},
};

/**
 * What began and what is over, to be told once each on every channel that the admins have. What they cannot be told now is
 * told by a later run.
 */
export async function planIncidents(
  question: Looking & {
    readonly deps: Deps;
    readonly run: string;
    readonly until: Date;
    readonly clock: ClaimClock;
  },
): Promise<IncidentPlan> {
  const { deps, state, voice, run, until, clock } = question;
  // Who does not know what the admins were told would tell them again, with every run.
  if (state.broken.some(({ path }) => path === "system.json")) return { ...NOTHING, at: question.at };
  const at = question.at.toISOString();
  const channels = deps.admins.map(({ name }) => name);
  const settle = (newest: StateFiles) =>
    nextTroubles({ system: newest.system, findings: findingsOf(question, newest), channels, at });
  const mayBeKnown = voice.isOneOfSeveral && settle(state).news.length > 0;
  const newest = mayBeKnown ? await newestState(deps, state) : state;
  const step = settle(newest);
  const known = newest.system;
  const notices = step.news.flatMap((news) => {
    const incident = own(step.system, news.key) ?? own(known, news.key);
    const claim = noticeClaim(news, { incident, run, at, until, clock });
    return claim === null ? [] : [{ news, claim }];
  });
  const present = Object.entries(step.system).flatMap(([key, incident]): [string, Incident][] =>
    incident === null ? [] : [[key, incident]],
  );
  const system = { ...overdueNow(question, newest), ...Object.fromEntries(present) };
  return { step, known, notices, system, at: question.at };
}

/** The claims of a plan, for a commit. */
export function noticeClaims({ notices }: IncidentPlan): NonNullable<StateDelta["notices"]> {
  return byKey(notices.map(({ news, claim }) => ({ ...news, step: claim })));
}

/** Sends what the state says is claimed, and returns what is to be remembered of it. */
export async function tellIncidents(
  plan: IncidentPlan,
  { deps, end, system }: { readonly deps: Deps; readonly end: RunEnd; readonly system: StateFiles["system"] },
): Promise<NonNullable<StateDelta["notices"]>> {
  const steps: { key: string; channel: string; step: NoticeStep }[] = [];
  for (const { news, claim } of plan.notices) {
    const { key, channel } = news;
    const { sending } = claim;
    const present = own(own(system, key)?.sending, channel);
    if (present?.run !== sending.run || present.seq !== sending.seq) continue;
    const step = await tellNotice({ ...plan, news, claim }, { deps, end });
    steps.push({ key, channel, step });
  }
  return byKey(steps);
}

async function tellNotice(
  { news, claim, known, at }: IncidentPlan & { readonly news: TroubleNews; readonly claim: ClaimStep },
  { deps, end }: { readonly deps: Deps; readonly end: RunEnd },
): Promise<NoticeStep> {
  const { sending } = claim;
  const admin = deps.admins.find(({ name }) => name === news.channel);
  if (admin === undefined || !end.mayBegin(new Date(sending.until))) return { kind: "not_sent", sending };
  const ref = own(own(known, news.key)?.refs, news.channel);
  const notice: AdminNotice = {
    ...news,
    since: new Date(news.since),
    at: new Date(sending.at),
    seq: sending.seq,
    links: { ...deps.links, inventree: "" },
    ...(ref === undefined ? {} : { ref }),
  };
  const receipt = await end.within((ending) => admin.tell({ ...notice, ending }, deps.log.with({ step: "admin" })));
  if (receipt.kind === "failed") return { kind: "not_sent", sending };
  if (receipt.kind === "unknown") return { kind: "unknown", sending: { ...sending, until: end.now().toISOString() } };
  const told = news.channel === "issue" ? { ref: receipt.ref } : {};
  return { kind: "delivered", sending, at: at.toISOString(), ...told };
}

/** The incidents that are over, and of which everybody who is to hear that has heard it. */
export function endedIncidents(
  { step }: IncidentPlan,
  notices: NonNullable<StateDelta["notices"]>,
): Readonly<Record<string, null>> {
  const ended = Object.entries(step.system).flatMap(([key, incident]) => {
    if (incident !== null) return [];
    const all = step.news.filter((news) => news.key === key);
    return all.every(({ channel }) => own(own(notices, key), channel)?.kind === "delivered") ? [key] : [];
  });
  return Object.fromEntries(ended.map((key) => [key, null]));
}

function byKey(
  steps: readonly { readonly key: string; readonly channel: string; readonly step: NoticeStep }[],
): NonNullable<StateDelta["notices"]> {
  const groups = Map.groupBy(steps, ({ key }) => key);
  return Object.fromEntries(
    [...groups].map(([key, all]) => [key, Object.fromEntries(all.map(({ channel, step }) => [channel, step]))]),
  );
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
