// Invented reports for the gallery of mails, so that every kind of mail can be looked at without waiting for its occasion.
import type { Report, ReportLine } from "../../core/generated/report.ts";

const BOARD = { pk: 11, name: "Sensor Board" };
const RADIO = { pk: 21, name: "Radio Module" };

function line(given: Partial<ReportLine> & Pick<ReportLine, "pk" | "name">): ReportLine {
  return {
    ...{ ipn: null, version: null, units: "", link: null, required: 0, optional: 0, in_stock: 0, committed: 0 },
    ...{ available: 0, borrowed: 0, on_order: 0, in_production: 0, missing: 0, owed: 0, to_order: 0 },
    ...{ order_quantity: 0, to_build: 0, critical: 0, make: false, short: false, outlook: null },
    ...{ covered_by: [], flags: [], notes: [] },
    why: [{ entry: 0, path: [BOARD, { pk: given.pk, name: given.name }] }],
    ...given,
  };
}

const NOTHING = { late: false, not_placed: false } as const;

const LINES: readonly ReportLine[] = [
  line({
    ...{ pk: 31, name: "MCU STM32U575CIT6", ipn: "IC-0001", required: 25, in_stock: 4, available: 4, on_order: 40 },
    ...{ missing: 21, short: true, outlook: { state: "covered", date: "2026-12-08" } },
    arrivals: [{ date: "2026-12-08", quantity: 40, reference: "PO-0012", supplier: "Halbleiter Nord", ...NOTHING }],
  }),
  line({
    ...{ pk: 32, name: "M8 panel socket, 4-pin", ipn: "CON-0001", required: 50, in_stock: 12, committed: 20 },
    ...{ available: -8, on_order: 10, missing: 58, owed: 8, to_order: 48, order_quantity: 50, short: true },
    offer: {
      ...{ supplier: "Kabelhaus Lauffen", sku: "KL-M8-4P", mpn: null, link: null, packs: 10, pack: 5 },
      ...{ unit_price: 7.2, currency: "EUR", total: 72, below_first_break: false },
      next_break: { packs: 12, unit_price: 5.9, currency: "EUR", total: 70.8 },
    },
    outlook: { state: "late", date: "2026-11-03" },
    arrivals: [
      { date: "2026-11-03", quantity: 10, reference: "PO-0009", supplier: "Kabelhaus Lauffen", ...NOTHING, late: true },
    ],
  }),
  line({
    ...{ pk: 33, name: "Cable 4 × 0.14 mm² PUR", ipn: "WIR-0001", units: "m", required: 101, in_stock: 62.5 },
    ...{ available: 62.5, missing: 38.5, to_order: 38.5, order_quantity: 100, short: true },
    offer: {
      ...{ supplier: "Kabelhaus Lauffen", sku: "KL-PUR-4014", mpn: null, link: null, packs: 1, pack: 100 },
      ...{ unit_price: 124, currency: "EUR", total: 124, below_first_break: false, next_break: null },
    },
    outlook: { state: "not_covered", date: null },
  }),
  line({
    ...{ ...RADIO, ipn: "PCA-0020", version: "B", required: 25, in_stock: 3, available: 3, in_production: 10 },
    ...{ missing: 22, to_build: 12, make: true, outlook: { state: "not_covered", date: null } },
  }),
  line({
    ...{ ...BOARD, ipn: "PCA-0010", version: "B", required: 25, missing: 25, to_build: 25, make: true },
    ...{ outlook: { state: "not_covered", date: null }, why: [{ entry: 0, path: [BOARD] }] },
  }),
  line({
    ...{ pk: 34, name: "Resistor 10 kΩ 0402", ipn: "RES-0034", required: 600, in_stock: 1500, available: 1500 },
    critical: 100,
  }),
  line({
    ...{ pk: 7, name: "Sensor Cable 2 m", ipn: "CBL-0007", required: 50, in_stock: 81, available: 81 },
    why: [{ entry: 1, path: [{ pk: 7, name: "Sensor Cable 2 m" }] }],
  }),
];

/** Of a list that is short. */
export const SHORT: Report = {
  schema_version: 1,
  summary: {
    ...{ parts_requested: 2, parts_available: 1, coverage: 46, lines: 7, short: 3, to_build: 2, critical: 1 },
    ...{ unresolved: 0, low: 0, out: 0, consumables_left_out: 2 },
  },
  lines: [...LINES],
  can_build: { "11": { now: 0, all_levels: 4, limited_by: [31] } },
  cost: {
    currency: "EUR",
    required: { min: 812.4, max: 1043.95, unpriced: 0 },
    missing: { min: 301.1, max: 388, unpriced: 0 },
    to_order: { min: 194.8, max: 196, unpriced: 0 },
  },
  alternatives: [],
  problems: [],
  data_quality: [],
  silenced: [],
};

/** Of a list for which all is there. */
export const COVERED: Report = {
  ...SHORT,
  summary: {
    ...{ parts_requested: 1, parts_available: 1, coverage: 100, lines: 1, short: 0, to_build: 0, critical: 0 },
    ...{ unresolved: 0, low: 0, out: 0, consumables_left_out: 0 },
  },
  lines: LINES.filter(({ pk }) => pk === 7),
  can_build: {},
};

/** Of a list that only watches minimum stock. */
export const WATCHING: Report = {
  ...COVERED,
  summary: { ...COVERED.summary, parts_requested: 0, parts_available: 0, lines: 0, low: 1, out: 1 },
  lines: [],
  watched: [
    {
      ...{ pk: 51, name: "Solder paste SAC305", ipn: "CHE-0051", version: null, units: "g", kind: "out" },
      ...{ available: 0, minimum: 500, lacking: 500, location: null },
    },
    {
      ...{ pk: 52, name: "Label 40 × 20", ipn: "LBL-0002", version: null, units: "", kind: "low", available: 120 },
      ...{ minimum: 1000, lacking: 880, location: null },
    },
  ],
};

/** Of a list with a day by which it is needed. */
export const DATED: Report = {
  ...SHORT,
  ready: [
    {
      ...{ entry: 0, words: "Sensor Board, version B", state: "if_ordered", date: "2027-01-22", in_time: false },
      needed_by: "2027-01-15",
      waits_for: [
        { part: 32, quantity: 58, arrives: "2027-01-20", because: "to_order" },
        { part: 31, quantity: 21, arrives: "2026-12-08", because: "on_order" },
      ],
    },
    {
      ...{ entry: 1, words: "ipn=CBL-0007", state: "now", date: "2026-11-20", in_time: true },
      ...{ needed_by: "2027-01-15", waits_for: [] },
    },
  ],
  how_many: {
    "11": {
      steps: [
        { date: null, number: 4, limited_by: [31] },
        { date: "2026-12-08", number: 12, limited_by: [32] },
      ],
      without_day: [{ part: 32, quantity: 10, because: "late" }],
    },
  },
};

/** Of a plan of two lists. */
export const PLANNED: Report = {
  ...DATED,
  plan: {
    lists: [
      {
        id: "sensor-board",
        name: "Sensor board, next 25",
        entries: 1,
        state: "if_ordered",
        date: "2027-01-22",
        in_time: false,
      },
      { id: "cable-kits", name: "Cable kits", entries: 1, state: "now", date: "2026-11-20", in_time: true },
    ],
    left_out: [],
    not_for_all: [33],
  },
};
