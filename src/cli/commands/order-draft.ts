import { type Drafts, isSameDrafts, type OrderWriteResult, planDrafts, writeDrafts } from "../../app/order-drafts.ts";
import type { Basket } from "../../core/calculation/buying/basket.ts";
import { plainText } from "../../core/text/plain-text.ts";
import type { OrderDesk } from "../../inventree/order-desk.ts";
import { CommandError, USAGE } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

export interface DraftOptions {
  readonly draft?: true;
  readonly yes?: true;
}

/** Throws CommandError if drafts are requested and nobody can be asked to confirm. */
export function requireConfirmation({ draft, yes }: DraftOptions, io: Terminal): void {
  if (draft && !yes && io.ask === null)
    throw new CommandError("Cannot ask for confirmation here (no terminal); add --yes.", USAGE);
}

/** Throws CommandError unless the token may create orders: before anybody has to answer a question. */
export async function refuseWithoutRole(desk: OrderDesk): Promise<void> {
  const lacking = await desk.lacks();
  if (lacking !== undefined)
    throw new CommandError(
      `The token of INVENTREE_ORDER_TOKEN lacks ${lacking}: give a group of its user the role purchase order (add) in InvenTree.`,
    );
}

interface Making {
  readonly io: Terminal;
  readonly isSure: boolean;
  readonly desk: OrderDesk;
  /** What was shown. */
  readonly basket: Basket;
  /** The same, read once more. */
  readonly again: () => Promise<Basket>;
}

/**
 * Shows what would be written, asks, reads once more, and writes. undefined: nothing to write, or somebody said no.
 * Throws CommandError if what was shown is no longer what would be written.
 */
export async function makeDrafts({ io, isSure, desk, basket, again }: Making): Promise<OrderWriteResult | undefined> {
  const planned = await planDrafts(basket, desk);
  for (const { name } of planned.leftOut)
    io.err(`${plainText(name)} is in no draft: InvenTree does not say whose supplier part it is.\n`);
  if (planned.drafts.length === 0) {
    io.err("No draft is needed: nothing is to order from a supplier.\n");
    return undefined;
  }
  if (isSure) return writeDrafts(planned.drafts, desk);
  const question = `${draftWords(planned).join("\n")}\nWrite this to ${desk.serverUrl}? Nothing is issued. [y/N] `;
  if (!/^\s*y(?:es)?\s*$/i.test((await io.ask?.(question)) ?? "")) {
    io.err("Nothing was written.\n");
    return undefined;
  }
  // Meanwhile others may have ordered.
  if (!isSameDrafts(planned, await planDrafts(await again(), desk)))
    throw new CommandError("What is to order has changed since it was shown. Nothing was written; run it again.");
  return writeDrafts(planned.drafts, desk);
}

function draftWords({ drafts }: Drafts): readonly string[] {
  return drafts.map(({ supplier, order, lines }) => {
    const many = lines.length === 1 ? "1 line" : `${lines.length} lines`;
    const name = plainText(supplier);
    return order === null
      ? `${name}: a new pending order with ${many}.`
      : `${name}: ${many} more in the pending order ${plainText(order.reference)}.`;
  });
}

/** What was written, for people. */
export function writtenWords({ written, failure, left }: OrderWriteResult): string {
  const orders = written.map(({ supplier, order, isNew, lines, of }) => {
    const all = of === 1 ? "1 line" : `${of} lines`;
    const what = lines === of ? all : `${lines} of ${all}`;
    return `${plainText(order.reference)} (${plainText(supplier)}): ${isNew ? "new, " : "added "}${what}.`;
  });
  const rest =
    failure === undefined
      ? ["Look at them in InvenTree and issue them there."]
      : [
          `It stopped there: ${failure.message}.`,
          ...(left.length === 0 ? [] : [`Nothing more was written for ${left.map(plainText).join(", ")}.`]),
          "Run the same command again: it reads what is there now, and adds what is missing.",
        ];
  return [...orders, ...rest].map((sentence) => `${sentence}\n`).join("");
}

/** The orders that were created or added to, as JSON. */
export function draftsJson(written: OrderWriteResult | undefined): readonly object[] {
  return (written?.written ?? []).map(({ supplier, order, isNew, lines, of }) => ({
    supplier,
    order: order.pk,
    reference: order.reference,
    is_new: isNew,
    lines,
    of,
  }));
}
