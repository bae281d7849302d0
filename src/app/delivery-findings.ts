import type { Finding } from "../core/telling/trouble.ts";
import type { MonitorOutcome } from "./remember.ts";
import type { Delivery } from "./tell.ts";

interface Delivered {
  /** The monitor's name. */
  readonly name: string;
  /** What it would be as a trouble: `mail`, `issue`, `webhook:<variable>`. */
  readonly key: string;
  readonly outcome: Exclude<Delivery["outcome"], { readonly kind: "would_tell" }>;
}

/** What the deliveries of a run say of the channels, and of single addresses. */
export function deliveryFindings(outcomes: readonly MonitorOutcome[]): readonly Finding[] {
  const delivered = outcomes.flatMap(deliveredIn);
  const channels = [...Map.groupBy(delivered, ({ key }) => key)].flatMap(([key, all]) => channelFinding(key, all));
  return [...addressFindings(delivered.filter(({ key }) => key === "mail")), ...channels];
}

function deliveredIn(outcome: MonitorOutcome): readonly Delivered[] {
  if (outcome.kind !== "checked") return [];
  const { name, channels } = outcome.selected.monitor;
  return outcome.tellings.deliveries.flatMap(({ channel, outcome: delivery }): readonly Delivered[] => {
    if (delivery.kind === "would_tell") return [];
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
    outcome.kind === "failed" &&
    (key === "mail" ? outcome.failure.incident !== undefined : outcome.refused.length === 0)
      ? [{ name, failure: outcome.failure }]
      : [],
  );
  const [first] = failed;
  if (first !== undefined) return [{ key, cause: first.failure.message, monitors: failed.map(({ name }) => name) }];
  const worked = delivered.some(({ outcome }) => outcome.kind === "accepted");
  return worked ? [{ key, cause: null, monitors: [] }] : [];
}

function addressFindings(delivered: readonly Delivered[]): readonly Finding[] {
  const addresses = new Map<string, Finding>();
  for (const { name, outcome } of delivered) {
    for (const address of outcome.kind === "accepted" ? outcome.accepted : [])
      addresses.set(address, { key: `address:${address}`, cause: null, monitors: [name] });
    for (const { address, reason } of outcome.refused)
      addresses.set(address, { key: `address:${address}`, cause: reason, monitors: [name] });
  }
  return [...addresses.values()];
}
