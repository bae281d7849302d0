import type { Finding } from "../core/telling/trouble.ts";
import { givenUpWords } from "./delivery-words.ts";
import type { MonitorOutcome } from "./remember.ts";
import type { Delivery } from "./tell.ts";

interface Delivered {
  /** The monitor's name. */
  readonly name: string;
  /** What it would be as a trouble: `mail`, `issue`, `webhook:<variable>`. */
  readonly key: string;
  readonly outcome: Extract<Delivery["outcome"], { readonly kind: "accepted" | "failed" | "unknown" }>;
}

/** What the deliveries of a run say of the channels, and of single addresses. */
export function deliveryFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  const delivered = outcomes.flatMap(deliveredIn);
  const channels = [...Map.groupBy(delivered, ({ key }) => key)].flatMap(([key, all]) => channelFinding(key, all));
  return [...addressFindings(delivered.filter(({ key }) => key === "mail")), ...channels, ...doubtFindings(outcomes)];
}

function deliveredIn(outcome: MonitorOutcome): readonly Delivered[] {
  if (outcome.kind !== "checked") return [];
  const { name, channels } = outcome.selected.monitor;
  return outcome.tellings.deliveries.flatMap(({ channel, outcome: delivery }): readonly Delivered[] => {
    if (delivery.kind !== "accepted" && delivery.kind !== "failed" && delivery.kind !== "unknown") return [];
    const key =
      channel === "email" ? "mail" : channel === "webhook" ? `webhook:${channels.webhook.url_env ?? ""}` : channel;
    return [{ name, key, outcome: delivery }];
  });
}

/**
 * In trouble if it did not take a message, and not because of its recipients (a mail server that defers or refuses some
 * addresses is well); well if it took all. Nothing sent, nothing known.
 */
function channelFinding(key: string, delivered: readonly Delivered[]): readonly Finding[] {
  const failed = delivered.flatMap(({ name, outcome }) =>
    isOfChannel(key, outcome) ? [{ name, failure: outcome.failure }] : [],
  );
  const [first] = failed;
  if (first !== undefined) return [{ key, cause: first.failure.message, monitors: failed.map(({ name }) => name) }];
  const worked = delivered.some(({ outcome }) => outcome.kind === "accepted");
  return worked ? [{ key, cause: null, monitors: [] }] : [];
}

function isOfChannel(
  key: string,
  outcome: Delivered["outcome"],
): outcome is Exclude<Delivered["outcome"], { readonly kind: "accepted" }> {
  if (outcome.kind === "accepted") return false;
  if (key === "mail") return outcome.failure.incident !== undefined;
  return outcome.kind === "unknown" || outcome.refused.length === 0;
}

/** What nobody ever confirmed is one incident per list and channel, until a message is accepted there. */
function doubtFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  return outcomes.flatMap((outcome) => {
    if (outcome.kind !== "checked") return [];
    const { id, name } = outcome.selected.monitor;
    return outcome.tellings.deliveries.flatMap(({ channel, outcome: delivery }): readonly Finding[] => {
      const key = `unconfirmed:${id}/${channel}`;
      if (delivery.kind === "gave_up") return [{ key, cause: givenUpWords(delivery.sending), monitors: [name] }];
      return delivery.kind === "accepted" ? [{ key, cause: null, monitors: [name] }] : [];
    });
  });
}

function addressFindings(delivered: readonly Delivered[]): readonly Finding[] {
  const addresses = new Map<string, Finding>();
  for (const { name, outcome } of delivered) {
    for (const address of outcome.kind === "accepted" ? outcome.accepted : [])
      addresses.set(address, { key: `address:${address}`, cause: null, monitors: [name] });
    for (const { address, reason } of outcome.kind === "unknown" ? [] : outcome.refused)
      addresses.set(address, { key: `address:${address}`, cause: reason, monitors: [name] });
  }
  return [...addresses.values()];
}
