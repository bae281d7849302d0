// Which shape, colour and word each state has, on every page alike.

import type { AlertKind } from "../core/notification/significant.ts";
import type { ListRow } from "../core/overview/lists.ts";
import type { StockStatus } from "../core/overview/parts.ts";
import type { Hue } from "./components.ts";
import type { Frame } from "./frame.ts";
import type { Shape } from "./shapes.ts";

export interface Look {
  readonly shape: Shape;
  readonly hue: Hue;
}

const LISTS: Readonly<Record<ListRow["status"], Look>> = {
  broken: { shape: "broken", hue: "bad" },
  unreadable: { shape: "broken", hue: "bad" },
  failed: { shape: "failed", hue: "bad" },
  overdue: { shape: "critical", hue: "warn" },
  short: { shape: "short", hue: "bad" },
  new: { shape: "new", hue: "mute" },
  covered: { shape: "enough", hue: "good" },
  inactive: { shape: "inactive", hue: "mute" },
};

export function listLook(list: ListRow): Look {
  return LISTS[list.status];
}

/** `8 short`, `2 low, 1 out`; for other states their word. */
export function listWords({ status, open }: ListRow, { texts, format }: Frame): string {
  if (status !== "short") return texts.listStatus[status];
  const counts = [
    ...(open.short > 0 ? [texts.counts.short(format.quantity(open.short))] : []),
    ...(open.low > 0 ? [texts.counts.low(format.quantity(open.low))] : []),
    ...(open.out > 0 ? [texts.counts.out(format.quantity(open.out))] : []),
  ];
  return counts.join(", ");
}

const STOCK: Readonly<Record<StockStatus, Look & { readonly fill: string }>> = {
  nothing_ordered: { shape: "short", hue: "bad", fill: "f-bad" },
  on_its_way: { shape: "coming", hue: "info", fill: "f-info" },
  to_build: { shape: "build", hue: "make", fill: "f-make" },
  below_minimum: { shape: "critical", hue: "warn", fill: "f-warn" },
  silenced: { shape: "inactive", hue: "mute", fill: "f-mute" },
  enough: { shape: "enough", hue: "good", fill: "f-good" },
};

export function stockLook(status: StockStatus): Look & { readonly fill: string } {
  return STOCK[status];
}

const ALERTS: Readonly<Record<AlertKind, Look>> = {
  short: { shape: "short", hue: "bad" },
  unresolved: { shape: "broken", hue: "bad" },
  out: { shape: "short", hue: "bad" },
  low: { shape: "critical", hue: "warn" },
  late: { shape: "short", hue: "bad" },
  order_now: { shape: "critical", hue: "warn" },
  critical: { shape: "critical", hue: "warn" },
};

export function alertLook(kind: AlertKind): Look {
  return ALERTS[kind];
}
