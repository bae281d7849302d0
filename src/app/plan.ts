import type { Failure } from "../core/failure.ts";
import type { Report } from "../core/generated/report.ts";
import type { Log } from "../core/log.ts";
import { type ClaimClock, channelMark, claimStanding, maybeHeard } from "../core/telling/claims.ts";
import type { Claim, Sending } from "../core/telling/sending.ts";
import type { DeliveryRecord, Episode } from "../core/telling/state.ts";
import { episodeOf, nextEpisode, type TellingDecision, toldChange } from "../core/telling/telling.ts";
import type { Channel, Links, Telling } from "../notify/channel.ts";
import type { Checked } from "./check.ts";
import { decisionOf } from "./decision.ts";
import type { Selected } from "./select.ts";
import type { Delivery } from "./tell.ts";

type Tell = Extract<TellingDecision, { readonly tell: true }>;

/** A message that is to be claimed, then sent. */
export interface PlannedMessage {
  readonly channel: Channel;
  readonly decision: Tell;
  readonly claim: Claim;
  /** What stands there of unknown fate. */
  readonly before: Sending | undefined;
  /** The one that it belongs to. */
  readonly episode: Episode | null;
}

/** What a check has to say, and to whom. */
export interface Plan {
  readonly selected: Selected;
  readonly checked: Checked;
  readonly previousReport: Report | undefined;
  readonly now: Date;
  readonly links: Links;
  readonly startedAt: Date;
  /** The present as people see it, when all is done. */
  readonly finishedAt: () => Date;
  readonly messages: readonly PlannedMessage[];
  /** Channels for which nothing is to be claimed. */
  readonly decided: readonly Delivery[];
}

export interface PlanOptions {
  readonly selected: Selected;
  readonly checked: Checked;
  readonly previousReport: Report | undefined;
  readonly channels: readonly Channel[];
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly now: Date;
  readonly links: Links;
  readonly startedAt: Date;
  readonly finishedAt: () => Date;
  readonly down: ReadonlyMap<string, Failure>;
  /** Of this process. */
  readonly run: string;
  /** By when everything that it claims is over. */
  readonly until: Date;
  readonly clock: ClaimClock;
  readonly log: Log;
}

/** Decides what each channel of a monitor is to get. Nothing is sent; what stands on a channel may be put right. */
export async function planMonitor(options: PlanOptions): Promise<Plan> {
  const { selected, checked, previousReport, now, links, startedAt, finishedAt, force, clock, log } = options;
  const { monitor, occurrence } = selected;
  const messages: PlannedMessage[] = [];
  const decided: Delivery[] = [];
  for (const channel of options.channels) {
    const told = selected.state?.delivered[channel.name];
    const sending = selected.state?.sending?.[channel.name];
    const question = { monitor, checked, told, previousReport, occurrence, force, now, sending, clock };
    const { change, decision } = decisionOf(question);
    const base = { channel: channel.name, reason: decision.reason, change };
    if (!decision.tell) {
      const outcome = restingOutcome(decision, told);
      if (outcome !== undefined) decided.push({ ...base, outcome });
      log.debug(`${channel.name}: nothing to tell`, { reason: decision.reason });
      if (outcome === undefined && !options.dryRun) await refresh(options, channel);
      continue;
    }
    const down = options.down.get(channel.name);
    if (options.dryRun) decided.push({ ...base, outcome: { kind: "would_tell" } });
    else if (down !== undefined) decided.push({ ...base, outcome: { kind: "failed", failure: down, refused: [] } });
    else messages.push(planned(options, { channel, decision }));
  }
  return { selected, checked, previousReport, now, links, startedAt, finishedAt, messages, decided };
}

function restingOutcome(
  decision: Extract<TellingDecision, { readonly tell: false }>,
  told: DeliveryRecord | undefined,
): Delivery["outcome"] | undefined {
  switch (decision.reason) {
    case "told":
    case "occurrence":
      return undefined;
    case "elsewhere":
    case "waiting":
      return { kind: decision.reason, sending: decision.sending };
    case "gave_up":
      return { kind: "gave_up", sending: decision.sending, told: heardRecord(decision.sending, told) };
    default:
      return decision satisfies never;
  }
}

/** What was sent often enough, as if it had been accepted. */
function heardRecord(sending: Sending, told: DeliveryRecord | undefined): DeliveryRecord {
  const { hash, significant, seq, at, list_digest, occurrence } = sending;
  return {
    hash,
    significant,
    seq,
    at,
    list_digest,
    ref: told?.ref ?? "",
    ...(occurrence === undefined ? {} : { occurrence }),
  };
}

function planned(
  { selected, checked, now, run, until, clock }: PlanOptions,
  { channel, decision }: { readonly channel: Channel; readonly decision: Tell },
): PlannedMessage {
  const { monitor, state } = selected;
  const told = state?.delivered[channel.name];
  const present = state?.sending?.[channel.name];
  const stands = claimStanding(present, clock);
  const before = stands.kind === "unknown" ? lost(stands.sending, clock.now) : undefined;
  const known = later(state?.episode ?? null, before?.episode ?? null);
  const next = nextEpisode({ episode: known, significant: checked.significant, at: now });
  const same = decision.reason === "again" || decision.reason === "pending";
  const also = before === undefined || same ? [] : maybeHeard(before);
  const sending: Sending = {
    run,
    seq: decision.seq,
    hash: decision.hash,
    significant: decision.reason === "pending" && told !== undefined ? told.significant : checked.significant,
    list_digest: checked.listDigest,
    change: toldChange(decision.change),
    ...(monitor.notify_condition === "always" && selected.occurrence !== undefined
      ? { occurrence: selected.occurrence.toISOString() }
      : {}),
    episode: decision.reason === "again" ? decision.episode : decision.reason === "pending" ? known : next.stored,
    to: channel.name !== "email" ? [] : decision.reason === "pending" ? decision.recipients : monitor.recipients,
    why: decision.reason,
    at: (decision.reason === "again" || decision.reason === "pending" ? decision.at : now).toISOString(),
    until: until.toISOString(),
    tries: same ? (before?.tries ?? 0) + 1 : 1,
    ...(also.length === 0 ? {} : { also }),
  };
  const episode =
    decision.reason === "again"
      ? episodeOf(sending, decision.episode)
      : decision.reason === "pending" && told !== undefined
        ? episodeOf(told, known)
        : next.told;
  return { channel, decision, claim: { sending, after: channelMark(told, present) }, before, episode };
}

/** A claim whose run has died says so itself, should what follows it not be sent. */
function lost(sending: Sending, now: Date): Sending {
  return sending.fate === undefined ? { ...sending, until: now.toISOString(), fate: "unknown" } : sending;
}

/** What is not remembered for certain may have begun or ended one. */
function later(known: Episode | null, claimed: Episode | null): Episode | null {
  if (known === null || claimed === null) return known ?? claimed;
  if (claimed.number !== known.number) return claimed.number > known.number ? claimed : known;
  return known.open ? { ...claimed, ...(known.root === undefined ? {} : { root: known.root }) } : known;
}

/** Where nothing is to be told, what stands on the channel may have to be put right. */
async function refresh(options: PlanOptions, channel: Channel): Promise<void> {
  const { selected, checked, now, log } = options;
  const told = selected.state?.delivered[channel.name];
  const episode = selected.state?.episode ?? null;
  if (told === undefined || options.down.has(channel.name)) return;
  await channel.refresh?.(
    {
      ...tellingOf(options, channel),
      report: checked.report,
      change: { kind: "unchanged", rows: [], listEdited: false },
      hash: told.hash,
      seq: told.seq,
      episode: episode?.open === true ? episode : null,
      at: now,
    },
    log,
  );
}

/** What every telling has, whatever it tells. */
export function tellingOf(
  { selected, checked, links }: Pick<Plan, "selected" | "checked" | "links">,
  channel: Channel,
): Pick<Telling, "monitor" | "alerts" | "remembered" | "told" | "links"> {
  const told = selected.state?.delivered[channel.name];
  return {
    monitor: selected.monitor,
    alerts: checked.alerts,
    remembered: selected.state?.alerts ?? [],
    ...(told === undefined ? {} : { told }),
    links,
  };
}
