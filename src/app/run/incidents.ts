import { FailureError } from "../../core/failure.ts";
import type { ClaimClock } from "../../core/notification/claims.ts";
import {
  type IncidentNews,
  type IncidentStep,
  nextIncidents,
  noticeClaim,
  overSince,
  owedFindings,
} from "../../core/notification/incidents.ts";
import type { NoticeSending, NoticeStep } from "../../core/notification/sending.ts";
import type { Incident, StateDelta, StateFiles } from "../../core/notification/state.ts";
import { defined, own } from "../../core/records.ts";
import type { AdminNotice } from "../../notify/channel.ts";
import type { Deps } from "../deps.ts";
import type { RunEnd } from "./ending.ts";
import { deliveryFindings, findingsOf, overdueNow, type RunObservations } from "./findings.ts";
import { groupByCause, joinedNews } from "./joined-news.ts";

type ClaimStep = Extract<NoticeStep, { readonly kind: "claim" }>;

/** What the admins are to be notified of, and the incidents as they are now. */
export interface IncidentPlan {
  readonly step: IncidentStep;
  readonly known: Readonly<Record<string, Incident>>;
  readonly notices: readonly { readonly news: IncidentNews; readonly claim: ClaimStep }[];
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
 * Incidents that were opened or resolved, each to be notified once on every channel of the admins. What cannot be sent now is
 * sent by a later run.
 */
export async function planIncidents(
  input: RunObservations & {
    readonly deps: Deps;
    readonly run: string;
    readonly until: Date;
    readonly clock: ClaimClock;
    /** As the last commit of this run left it; the present one where it made none. */
    readonly committed: StateFiles;
  },
): Promise<IncidentPlan> {
  const { deps, state, committed, role, run, until, clock } = input;
  // Without the record of what the admins were notified of, every run would notify them again.
  if (state.broken.some(({ path }) => path === "system.json")) return { ...NOTHING, at: input.at };
  const at = input.at.toISOString();
  const channels = deps.admins.map(({ name }) => name);
  const settle = ({ system, ...newest }: StateFiles) => {
    const findings = findingsOf(input, { ...newest, system });
    const owed = role.shared ? owedFindings({ system, findings, channels }) : [];
    return nextIncidents({ system, findings: [...findings, ...owed], channels, at });
  };
  const mayBeKnown = role.isOneOfSeveral && settle(committed).news.length > 0;
  const newest = mayBeKnown ? await newestState(deps, committed) : committed;
  const step = settle(newest);
  const known = newest.system;
  const notices = step.news.flatMap((news) => {
    const incident = own(step.system, news.key) ?? own(known, news.key);
    const claim = noticeClaim(news, { incident, run, at, until, clock });
    return claim === null ? [] : [{ news, claim }];
  });
  const system = { ...overdueNow(input, newest), ...untilHeard(step, { known, at }) };
  return { step, known, notices, system, at: input.at };
}

/** The incidents until the admins have been notified: a resolved one stays that long. */
function untilHeard(
  step: IncidentStep,
  { known, at }: { readonly known: StateFiles["system"]; readonly at: string },
): Readonly<Record<string, Incident>> {
  const present = Object.entries(step.system).flatMap(([key, incident]): [string, Incident][] => {
    if (incident !== null) return [[key, incident]];
    const ended = own(known, key);
    return ended !== undefined && step.news.some((news) => news.key === key) ? [[key, overSince(ended, at)]] : [];
  });
  return Object.fromEntries(present);
}

/**
 * What has been sent so far has shown about channels and addresses. Only sending shows it: if a run dies before it
 * gets to the admins' notices, the next one sends them.
 */
export function incidentsInSending({
  deps,
  state,
  outcomes,
  at,
}: Pick<RunObservations, "state" | "outcomes" | "at"> & { readonly deps: Deps }): Readonly<Record<string, Incident>> {
  if (state.broken.some(({ path }) => path === "system.json")) return {};
  const { system: known } = state;
  const input = { system: known, findings: deliveryFindings(outcomes), channels: deps.admins.map(({ name }) => name) };
  return untilHeard(nextIncidents({ ...input, at: at.toISOString() }), { known, at: at.toISOString() });
}

/** The claims of a plan, for a commit. */
export function noticeClaims({ notices }: IncidentPlan): NonNullable<StateDelta["notices"]> {
  return byKey(notices.map(({ news, claim }) => ({ ...news, step: claim })));
}

/** Sends what is claimed in the state, and returns what to record. */
export async function notifyIncidents(
  plan: IncidentPlan,
  { deps, end, system }: { readonly deps: Deps; readonly end: RunEnd; readonly system: StateFiles["system"] },
): Promise<NonNullable<StateDelta["notices"]>> {
  const steps: { key: string; channel: string; step: NoticeStep }[] = [];
  const ours = plan.notices.filter(({ news: { key, channel }, claim: { sending } }) => {
    const present = own(own(system, key)?.sending, channel);
    return present?.run === sending.run && present.seq === sending.seq;
  });
  const refOf = ({ key, channel }: IncidentNews) => own(own(plan.known, key)?.refs, channel);
  for (const together of groupByCause(ours, refOf)) {
    const [first] = together;
    if (first === undefined) continue;
    const ref = refOf(first.news);
    const notice = { ...plan, ...first, news: joinedNews(together), ref };
    const step = isToldWithOthers(first.news, { ref, system })
      ? ({ kind: "delivered", sending: first.claim.sending, at: plan.at.toISOString() } as const)
      : await notifyNotice(notice, { deps, end });
    for (const { news, claim } of together) steps.push({ ...news, step: { ...step, sending: sendingOf(step, claim) } });
  }
  return byKey(steps);
}

/** Whether the notice about this address also covers others that are still refused: it is resolved with the last of them. */
function isToldWithOthers(
  { key, kind, channel }: IncidentNews,
  { ref, system }: { readonly ref: string | undefined; readonly system: StateFiles["system"] },
): boolean {
  if (kind !== "resolved" || ref === undefined || !key.startsWith("address:")) return false;
  return Object.values(system).some(({ refs, over }) => over === undefined && own(refs, channel) === ref);
}

/** The outcome of one notice is the outcome of every incident that it covers. */
function sendingOf(step: NoticeStep, { sending }: ClaimStep): NoticeSending {
  return step.kind === "unknown" ? { ...sending, until: step.sending.until } : sending;
}

async function notifyNotice(
  {
    news,
    claim,
    ref,
    at,
  }: IncidentPlan & {
    readonly news: IncidentNews;
    readonly claim: ClaimStep;
    readonly ref: string | undefined;
  },
  { deps, end }: { readonly deps: Deps; readonly end: RunEnd },
): Promise<NoticeStep> {
  const { sending } = claim;
  const admin = deps.admins.find(({ name }) => name === news.channel);
  if (admin === undefined || !end.mayBegin(new Date(sending.until))) return { kind: "not_sent", sending };
  const notice: AdminNotice = {
    ...news,
    since: new Date(news.since),
    at: new Date(sending.at),
    sentAt: at,
    seq: sending.seq,
    links: { ...deps.links, inventree: "" },
    ...defined({ ref }),
  };
  const receipt = await end.within((ending) => admin.notify({ ...notice, ending }, deps.log.with({ step: "admin" })));
  if (receipt.kind === "failed") return { kind: "not_sent", sending };
  if (receipt.kind === "unknown") return { kind: "unknown", sending: { ...sending, until: end.now().toISOString() } };
  const delivered = news.channel === "issue" ? { ref: receipt.ref } : {};
  return { kind: "delivered", sending, at: at.toISOString(), ...delivered };
}

/** The resolved incidents about which everybody who should know has been notified. */
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

/** What other runs have found and sent meanwhile; unchanged if that cannot be read. */
async function newestState(deps: Deps, state: StateFiles): Promise<StateFiles> {
  try {
    const newest = await deps.store.read();
    return newest.broken.length === 0 ? newest : state;
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    deps.log.warning(
      `${error.message} The admins may be notified of something that another run has already reported.`,
      { step: "admin" },
    );
    return state;
  }
}
