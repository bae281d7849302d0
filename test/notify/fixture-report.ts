import type { Arrival, Report, ReportLine } from "../../src/core/generated/report.ts";

/** A line of a part of which there is enough; what differs is given. */
export function line(changes: Partial<ReportLine> & Pick<ReportLine, "pk" | "name">): ReportLine {
  return {
    ipn: null,
    version: null,
    units: "",
    link: null,
    required: 0,
    optional: 0,
    in_stock: 0,
    committed: 0,
    available: 0,
    borrowed: 0,
    on_order: 0,
    in_production: 0,
    missing: 0,
    owed: 0,
    to_order: 0,
    order_quantity: 0,
    to_build: 0,
    critical: 0,
    make: false,
    short: false,
    covered_by: [],
    flags: [],
    notes: [],
    why: [],
    outlook: null,
    ...changes,
  };
}

function arrival(given: Partial<Arrival>): Arrival {
  return { date: null, quantity: 1, reference: "PO-0001", supplier: "", late: false, not_placed: false, ...given };
}

const BOARD = { pk: 11, name: "Sensor Board" };
const POWER = { pk: 21, name: "Power Module" };

/** A report with something in every section. */
export function report(changes: Partial<Report> = {}): Report {
  const why = (path: { pk: number; name: string }[]) => [{ entry: 0, path }];
  return {
    schema_version: 1,
    summary: {
      parts_requested: 3,
      parts_available: 1,
      coverage: 46,
      lines: 9,
      short: 4,
      to_build: 2,
      critical: 1,
      unresolved: 1,
      low: 1,
      out: 1,
      consumables_left_out: 2,
    },
    lines: [
      line({
        pk: 31,
        name: "MCU STM32L072RBT6",
        ipn: "IC-0031",
        version: "Y",
        link: "https://www.example.org/stm32l072?a=1&b=2",
        required: 25,
        in_stock: 4,
        available: 4,
        on_order: 40,
        missing: 21,
        short: true,
        outlook: { state: "covered", date: "2026-12-08" },
        arrivals: [arrival({ date: "2026-12-08", quantity: 40, reference: "PO-0012", supplier: "Mouser" })],
        why: why([BOARD, { pk: 31, name: "MCU STM32L072RBT6" }]),
      }),
      line({
        pk: 32,
        name: "Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated",
        ipn: "CON-0032",
        required: 50,
        in_stock: 12,
        committed: 20,
        available: -8,
        on_order: 10,
        missing: 58,
        owed: 8,
        to_order: 48,
        order_quantity: 50,
        offer: {
          supplier: "Binder GmbH",
          sku: "09-3442-500-05",
          mpn: "09 3442 500 05",
          link: "https://shop.example.org/09-3442",
          packs: 10,
          pack: 5,
          unit_price: 7.2,
          currency: "EUR",
          total: 72,
          below_first_break: false,
          next_break: { packs: 12, unit_price: 5.9, currency: "EUR", total: 70.8 },
        },
        short: true,
        outlook: { state: "late", date: "2026-11-03" },
        arrivals: [
          arrival({ date: "2026-11-03", quantity: 6, reference: "PO-0009", supplier: "Binder GmbH", late: true }),
          arrival({ date: null, quantity: 3, reference: "PO-0010", supplier: "" }),
          arrival({ date: "2026-12-01", quantity: 1, reference: "PO-0013", supplier: "Mouser", not_placed: true }),
        ],
        why: why([BOARD, { pk: 32, name: "Connector M12" }]),
      }),
      line({
        pk: 33,
        name: "Wire AWG 24, red",
        ipn: "WIR-0033",
        units: "m",
        required: 12.5,
        in_stock: 0.30000000000000004,
        available: 0.3,
        missing: 12.2,
        to_order: 12.2,
        order_quantity: 100,
        offer: {
          supplier: "Mouser",
          sku: "566-3050-100-03",
          mpn: null,
          link: null,
          packs: 1,
          pack: 100,
          unit_price: null,
          currency: null,
          total: null,
          below_first_break: false,
          next_break: null,
        },
        short: true,
        flags: ["optional"],
        optional: 12.5,
        notes: ["stock_narrowed"],
        outlook: { state: "not_covered", date: null },
        why: why([BOARD, POWER, { pk: 33, name: "Wire AWG 24, red" }]),
      }),
      line({
        ...POWER,
        ipn: "ASM-0021",
        version: "C",
        required: 25,
        in_stock: 3,
        available: 3,
        in_production: 10,
        missing: 22,
        to_build: 12,
        make: true,
        outlook: { state: "not_covered", date: null },
        why: why([BOARD, POWER]),
      }),
      line({
        ...BOARD,
        ipn: "ASM-0011",
        version: "B",
        required: 25,
        missing: 25,
        to_build: 25,
        make: true,
        outlook: { state: "not_covered", date: null },
        why: why([BOARD]),
      }),
      line({
        pk: 34,
        name: "Resistor 10k 0402 1%",
        ipn: "RES-0034",
        required: 600,
        in_stock: 1500,
        available: 1500,
        critical: 100,
        why: why([BOARD, { pk: 34, name: "Resistor 10k 0402 1%" }]),
      }),
      line({
        pk: 7,
        name: "Cable M12 2 m",
        ipn: "CBL-0007",
        required: 50,
        in_stock: 81,
        available: 81,
        why: [{ entry: 1, path: [{ pk: 7, name: "Cable M12 2 m" }] }],
      }),
      line({
        pk: 35,
        name: "Capacitor 100n 0402",
        ipn: "CAP-0035",
        required: 1250,
        in_stock: 8000,
        available: 8000,
        why: why([BOARD, { pk: 35, name: "Capacitor 100n 0402" }]),
      }),
      line({
        pk: 36,
        name: "Enclosure IP67",
        ipn: "ENC-0036",
        required: 25,
        in_stock: 20,
        available: 20,
        borrowed: 5,
        notes: ["variants_used"],
        why: why([BOARD, { pk: 36, name: "Enclosure IP67" }]),
      }),
    ],
    can_build: { "11": { now: 0, all_levels: 4, limited_by: [31] } },
    cost: {
      currency: "EUR",
      required: { min: 812.4, max: 1043.95, unpriced: 2 },
      missing: { min: 301.1, max: 388, unpriced: 1 },
      to_order: { min: 120, max: 155.5, unpriced: 0 },
    },
    alternatives: [{ line: 901, for: 31, pk: 41, name: "MCU STM32L073RBT6", ipn: "IC-0041", free: 130 }],
    watched: [
      {
        pk: 51,
        name: "Solder paste SAC305",
        ipn: "CHE-0051",
        version: null,
        units: "g",
        kind: "out",
        available: 0,
        minimum: 500,
        lacking: 500,
        location: null,
      },
      {
        pk: 52,
        name: "Label 40 × 20",
        ipn: null,
        version: null,
        units: "",
        kind: "low",
        available: 120,
        minimum: 1000,
        lacking: 880,
        location: "Office/Printer",
      },
    ],
    problems: [
      {
        kind: "ambiguous",
        entry: 2,
        words: "Mounting Bracket XL",
        quantity: 25,
        matches: [61, 62, 64],
        message: "3 parts are named Mounting Bracket XL: pk 61, 62, 64; add `ipn` or `version`.",
      },
    ],
    data_quality: [
      {
        kind: "no_supplier_part",
        pk: 33,
        name: "Wire AWG 24, red",
        path: [],
        message: "Short and purchaseable, but without any supplier part.",
      },
    ],
    silenced: [],
    ...changes,
  };
}

/** A report of a list for which all is there. */
export function calmReport(): Report {
  const full = report();
  return report({
    summary: {
      ...full.summary,
      parts_requested: 1,
      parts_available: 1,
      coverage: 100,
      lines: 1,
      short: 0,
      to_build: 0,
      critical: 0,
      unresolved: 0,
      low: 0,
      out: 0,
      consumables_left_out: 0,
    },
    lines: full.lines.filter((one) => one.pk === 7),
    can_build: {},
    alternatives: [],
    watched: [],
    problems: [],
    data_quality: [],
  });
}

/** A list of so many lines, all of them short and with long names. */
export function longReport(lines: number): Report {
  const full = report();
  return report({
    summary: { ...full.summary, lines, short: lines + 1 },
    lines: Array.from({ length: lines }, (_, index) =>
      line({
        pk: 1000 + index,
        name: `Multilayer ceramic capacitor ${index} µF, X7R, 0603, 25 V, automotive "AEC-Q200" <grade 1>`,
        ipn: `CAP-${String(index).padStart(6, "0")}`,
        required: 1000 + index,
        available: 3,
        in_stock: 3,
        missing: 997 + index,
        to_order: 997 + index,
        order_quantity: 4000,
        short: true,
        outlook: { state: "not_covered", date: null },
        why: [{ entry: 0, path: [BOARD, { pk: 1000 + index, name: "x" }] }],
      }),
    ),
  });
}

/** Nothing but a watched part that is low, with all that can be said of one. */
export function watchedReport(): Report {
  const { summary } = report();
  const none = { parts_requested: 0, parts_available: 0, lines: 0, short: 0, to_build: 0, critical: 0, unresolved: 0 };
  return report({
    ...{ lines: [], can_build: {}, problems: [], data_quality: [], alternatives: [] },
    summary: { ...summary, ...none, low: 1, out: 0 },
    watched: [
      {
        pk: 3,
        name: "Connector M12, 5-pin, A-coded, panel mount, rear fastened",
        ...{ ipn: "CON-0032", version: "B", units: "", kind: "low", location: null },
        ...{ available: 3, minimum: 20, lacking: 17, on_order: 5, to_order: 12, order_quantity: 20 },
        outlook: { state: "late", date: "2026-11-03" },
        arrivals: [
          arrival({ date: "2026-11-03", quantity: 5, reference: "PO-0099", supplier: "Binder GmbH", late: true }),
        ],
        offer: {
          ...{ supplier: "Binder GmbH", sku: "09-3442-500-05", mpn: null, link: null, packs: 4, pack: 5 },
          ...{ unit_price: 7.2, currency: "EUR", total: 28.8, below_first_break: false, next_break: null },
        },
      },
    ],
  });
}
