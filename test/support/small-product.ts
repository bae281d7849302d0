// The smallest product that has everything: a board of chips and resistors. Ten boards lack five chips.
import { withStock } from "../../demo/inventree/changes.ts";
import type { EmbeddedInventree } from "../../demo/inventree/server.ts";
import type { Tables } from "../../demo/inventree/tables.ts";
import { bomLine, part, stockItem, tables } from "../demo/workshop.ts";

export const BOARD = 1;
export const RESISTOR = 2;
export const CHIP = 3;

/** 5 chips and 100 resistors in stock; a board needs one chip and four resistors. */
export function smallProduct(more: Partial<Tables> = {}): Tables {
  return tables({
    parts: [
      part({ pk: BOARD, name: "Board", IPN: "PCA-1", assembly: true, purchaseable: false }),
      part({ pk: RESISTOR, name: "Resistor 0402: 10k", IPN: "RES-1" }),
      part({ pk: CHIP, name: "Chip", IPN: "IC-1" }),
    ],
    bomLines: [
      bomLine({ pk: 1, part: BOARD, sub_part: RESISTOR, quantity: 4, raw_amount: "4" }),
      bomLine({ pk: 2, part: BOARD, sub_part: CHIP }),
    ],
    stockItems: [stockItem({ pk: 1, part: RESISTOR, quantity: 100 }), stockItem({ pk: 2, part: CHIP, quantity: 5 })],
    ...more,
  });
}

/** From now on there is that much of a part. */
export function putStock(inventree: EmbeddedInventree, part: number, quantity: number): void {
  inventree.change((now) => withStock(now, { part, quantity }));
}

/** A monitor of ten boards at 07:00 UTC each day, with further or other lines of YAML. */
export function boardList(fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    name: "Board batch",
    cron_schedule: '"0 7 * * *"',
    timezone: "UTC",
    parts: "[{ name: Board, quantity: 10 }]",
    recipients: "[stock@example.com]",
    ...fields,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join("");
}

/** The options for a run on that day of November 2026, at the occurrence or so many minutes after it. */
export function onDay(day: number, minutes = 0): readonly string[] {
  return ["--now", new Date(Date.UTC(2026, 10, day, 7, minutes)).toISOString()];
}
