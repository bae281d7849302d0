import type { Command } from "commander";
import { order, orderFiles } from "../../app/order.ts";
import type { Basket, SupplierBasket, UnofferedLine } from "../../core/calculation/buying/basket.ts";
import type { Monitor } from "../../core/monitor.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { type Format, formatFor } from "../../core/view/format.ts";
import type { Cell } from "../../core/view/table.ts";
import { painter } from "../../core/view/terminal.ts";
import { textTable } from "../../core/view/text-table.ts";
import { packsWords } from "../../core/view/to-order.ts";
import type { OrderDesk } from "../../inventree/order-desk.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { wire } from "../../wire/run.ts";
import { CommandError, FAILED, refuseBroken, USAGE } from "../exit.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";
import { refuseBrokenLists } from "./broken-lists.ts";
import { usableMonitor } from "./monitor/edit.ts";
import {
  type DraftOptions,
  draftsJson,
  makeDrafts,
  refuseWithoutRole,
  requireConfirmation,
  writtenWords,
} from "./order-draft.ts";
import { writeOrderFiles } from "./order-files.ts";

interface OrderOptions extends DraftOptions {
  readonly instance?: string;
  readonly csv?: string;
  readonly json?: true;
  readonly now?: string;
}

/** `partwatch order`: what to buy for several lists at once. */
export function addOrder(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Shows what all active lists have to order together, by supplier: each shortage counted once, packs rounded once. Nothing is ordered, nothing is recorded, nobody is notified. With --draft it also writes pending purchase orders in InvenTree, once you have said yes; it never issues, lowers or deletes one.",
    )
    .argument("[monitor...]", "only these, or a plan: their ids, or unique prefixes of them")
    .option("--instance <name>", "the lists of this InvenTree (see instances in partwatch.yaml)")
    .option("--csv <folder>", "also write a table for each supplier")
    .option(
      "--draft",
      "also put it into pending purchase orders in InvenTree, one per supplier (with the token of INVENTREE_ORDER_TOKEN)",
    )
    .option("-y, --yes", "do not ask, with --draft")
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for dates")
    .addHelpText("after", "\nExample:\n  $ partwatch order --csv out/orders\n  $ partwatch order --draft\n")
    .action(async (references: readonly string[], options: OrderOptions, command: Command) => {
      requireConfirmation(options, io);
      const session = sessionOf({ command, io, level: "warning" });
      const now = instantOf(options.now, io.clock);
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      let desk: OrderDesk | undefined;
      try {
        refuseBroken(wired.configProblems);
        const { lists, leftOut, plan } = chosen(await wired.deps.readMonitors(), references, options.instance);
        const instance = lists[0]?.instance ?? wired.config.monitorDefaults.instance;
        const inventree = wired.deps.inventree(instance);
        const { monitorDefaults: defaults } = wired.config;
        const rules = plan ?? defaults;
        if (options.draft) {
          // Only this option of this command loads what writes.
          const { wireOrderDesk } = await import("../../wire/order-desk.ts");
          desk = await wireOrderDesk({ ...session, env: io.env, config: wired.config, instance });
          await refuseWithoutRole(desk);
        }
        const read = () => withProgress(io, wired.progress, () => order({ lists, rules, inventree, now }));
        const basket = await read();
        for (const sentence of leftOut) io.err(`${sentence}\n`);
        const files =
          options.csv === undefined
            ? []
            : await writeOrderFiles(orderFiles(basket), { folder: options.csv, cwd: io.cwd });
        const shown = rendered(basket, { timezone: rules.timezone, io });
        // Whoever is asked has to see what for.
        if (!options.json) io.out(`${shown}${files.map((file) => `  ${file}\n`).join("")}`);
        else if (desk !== undefined && !options.yes) io.err(shown);
        const isSure = options.yes === true;
        const written = desk && (await makeDrafts({ io, isSure, desk, basket, again: read }));
        if (options.json) io.json(options.draft ? { ...basket, drafts: draftsJson(written) } : basket);
        else if (written !== undefined) io.out(`\n${writtenWords(written)}`);
        if (written?.failure === undefined) return;
        if (options.json) io.err(writtenWords(written));
        exit(FAILED);
      } finally {
        await Promise.all([wired.close(), desk?.close()]);
      }
    });
}

interface Chosen {
  readonly lists: readonly Monitor[];
  /** Sentences about named lists that are left out. */
  readonly leftOut: readonly string[];
  /** The named plan: its lists are bought for under its own policy. */
  readonly plan?: Monitor;
}

/** The named lists, or a plan; else all active lists with parts. Throws CommandError if they cannot be one order. */
function chosen(read: MonitorsRead, references: readonly string[], instance: string | undefined): Chosen {
  const named = references.map((reference) => usableMonitor(read, reference));
  if (references.length === 0) refuseBrokenLists(read, "Fix it, or name the lists to order for.");
  const plan = named.find((monitor) => monitor.plan !== undefined);
  if (plan !== undefined) return planAlone(plan, { named, instance });
  // Their entries are those of the lists: they would be bought twice.
  const all = references.length > 0 ? [...new Set(named)] : read.monitors.filter((one) => one.plan === undefined);
  const here = instance === undefined ? all : all.filter((monitor) => monitor.instance === instance);
  if (references.length > 0) refuseUnfit(named, instance);
  const lists = here.filter(({ active, parts }) => active && parts.length > 0);
  const instances = [...new Set(lists.map((list) => list.instance))].sort();
  if (instances.length > 1)
    throw new CommandError(
      `These lists are of several instances: ${instances.join(", ")}. Add --instance with one of them.`,
      USAGE,
    );
  const leftOut = named.filter(({ active }) => !active).map(({ id }) => inactiveWords(id));
  if (lists.length === 0) {
    const where = instance === undefined ? "" : ` of instance ${instance}`;
    const nothing = `There is no active list with parts${where}: nothing to order for. Add one: partwatch monitor add --help.`;
    throw new CommandError([...leftOut, nothing].join("\n"));
  }
  return { lists, leftOut };
}

/** A plan is an order of its own: other lists would be calculated under its policy, or its lists twice. */
function planAlone(
  plan: Monitor,
  { named, instance }: { readonly named: readonly Monitor[]; readonly instance: string | undefined },
): Chosen {
  refuseUnfit(named, instance);
  if (named.some((monitor) => monitor !== plan))
    throw new CommandError(`${plan.id} is a plan: name it alone, or name lists.`, USAGE);
  const leftOut = (plan.plan?.left_out ?? []).map(inactiveWords);
  if (plan.parts.length > 0) return { lists: [plan], leftOut, plan };
  throw new CommandError([...leftOut, `All lists of ${plan.id} are inactive: nothing to order for.`].join("\n"));
}

function inactiveWords(id: string): string {
  return `${id} is inactive: it is left out. partwatch monitor activate ${id} takes it in.`;
}

function refuseUnfit(named: readonly Monitor[], instance: string | undefined): void {
  const watching = named.find(({ parts, plan }) => parts.length === 0 && plan === undefined);
  if (watching !== undefined)
    throw new CommandError(`${watching.id} only watches stock: it has no parts to order for.`, USAGE);
  const other = named.find((monitor) => instance !== undefined && monitor.instance !== instance);
  if (other !== undefined)
    throw new CommandError(`${other.id} is a list of instance ${other.instance}, not of ${instance}.`, USAGE);
}

function rendered(basket: Basket, { timezone, io }: { readonly timezone: string; readonly io: Io }): string {
  const format = formatFor({ language: "en", timezone });
  const { lists, suppliers, without_offer: unoffered, problems } = basket;
  const sentences = [
    ...problems.map(({ list, words, message }) => [list, words, message].filter((word) => word !== null).join(": ")),
  ];
  const parts = [
    ...suppliers.map((supplier) => supplierTable(supplier, { format, io })),
    ...(unoffered.length === 0 ? [] : [unofferedTable(unoffered, { format, io })]),
    ...(suppliers.length + unoffered.length > 0 ? [] : ["Nothing to order."]),
    wrapToWidth(`For ${lists.join(", ")}.`, io.columns).join("\n"),
    ...sentences,
  ];
  return `${parts.join("\n\n")}\n`;
}

interface Showing {
  readonly format: Format;
  readonly io: Io;
}

function supplierTable({ supplier, lines, totals, unpriced }: SupplierBasket, { format, io }: Showing): string {
  const table = tableOf(
    {
      columns: [
        { title: "Part", align: "left", priority: 1 },
        { title: "Order quantity", align: "right", priority: 1 },
        { title: "SKU", align: "left", priority: 1 },
        { title: "Each", align: "right", priority: 3 },
        { title: "Sum", align: "right", priority: 1 },
        { title: "Order by", align: "left", priority: 2 },
        { title: "For", align: "left", priority: 4 },
      ],
      rows: lines.map(({ name, units, sku, packs, pack, unit_price: each, currency, total, order_by, lists }) => ({
        cells: [
          { text: plainText(name) },
          { text: packsWords({ format }, { packs, pack, units }) },
          { text: plainText(sku) },
          { text: each === null ? "" : format.price(each, currency) },
          total === null ? { text: "no price", tone: "muted" as const } : { text: format.money(total, currency) },
          dayCell(order_by, format),
          { text: lists.join(", ") },
        ],
      })),
    },
    io,
  );
  return [plainText(supplier), table, totalWords({ totals, unpriced }, format)].join("\n");
}

function totalWords({ totals, unpriced }: Pick<SupplierBasket, "totals" | "unpriced">, format: Format): string {
  const sums = totals.map(({ total, currency }) => format.money(total, currency)).join(" + ");
  const lines = format.plural(unpriced, { one: "line", other: "lines" });
  if (totals.length === 0) return `No price is known of ${unpriced} ${lines}.`;
  return unpriced === 0 ? `Total ${sums}.` : `Total ${sums}, without ${unpriced} ${lines} that have no price.`;
}

const REASONS: Readonly<Record<UnofferedLine["reason"], string>> = {
  no_supplier_part: "no supplier part",
  none_active: "no active supplier part",
  unreadable: "offers cannot be read",
};

function unofferedTable(lines: readonly UnofferedLine[], { format, io }: Showing): string {
  const table = tableOf(
    {
      columns: [
        { title: "Part", align: "left", priority: 1 },
        { title: "To order", align: "right", priority: 1 },
        { title: "Reason", align: "left", priority: 1 },
        { title: "Order by", align: "left", priority: 2 },
        { title: "For", align: "left", priority: 3 },
      ],
      rows: lines.map(({ name, order_quantity, units, reason, order_by, lists }) => ({
        cells: [
          { text: plainText(name) },
          { text: format.quantity(order_quantity, plainText(units)) },
          { text: REASONS[reason] },
          dayCell(order_by, format),
          { text: lists.join(", ") },
        ],
      })),
    },
    io,
  );
  return ["Nobody offers", table].join("\n");
}

/** Without columns that are empty in every row. */
function tableOf({ columns, rows }: Parameters<typeof textTable>[0], io: Io): string {
  const kept = columns.map((_, index) => rows.some(({ cells }) => cells[index]?.text !== ""));
  return textTable(
    {
      columns: columns.filter((_, index) => kept[index]),
      rows: rows.map(({ cells }) => ({ cells: cells.filter((_, index) => kept[index]) })),
    },
    { width: io.columns, paint: painter(io.color) },
  ).trimEnd();
}

function dayCell(day: string | undefined, format: Format): Cell {
  return { text: day === undefined ? "" : format.day(day) };
}
