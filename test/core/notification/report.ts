import type { Report, ReportLine, ReportProblem, Watched } from "../../../src/core/generated/report.ts";

export interface Facts {
  /** Bought lines: pk to missing. */
  readonly short?: Readonly<Record<number, number>>;
  /** Made lines: pk to to build. */
  readonly build?: Readonly<Record<number, number>>;
  readonly critical?: Readonly<Record<number, number>>;
  /** Watched parts: pk to how far below their minimum of 100. */
  readonly low?: Readonly<Record<number, number>>;
  readonly out?: Readonly<Record<number, number>>;
  /** Entries that nobody can find: words to quantity; the first is entry 0 of the list. */
  readonly unresolved?: Readonly<Record<string, number>>;
  readonly names?: Readonly<Record<number, string>>;
}

/** A report that says just this. */
export function reportOf(facts: Facts): Report {
  const name = (pk: number) => facts.names?.[pk] ?? `Part ${pk}`;
  const pks = new Set(
    [facts.short, facts.build, facts.critical].flatMap((rows) => Object.keys(rows ?? {}).map(Number)),
  );
  const lines = [...pks].map((pk) => line(facts, pk, name(pk)));
  const watched = (["low", "out"] as const).flatMap((kind) =>
    Object.entries(facts[kind] ?? {}).map(([pk, lacking]) =>
      watch({ kind, pk: Number(pk), lacking, name: name(Number(pk)) }),
    ),
  );
  const problems = Object.entries(facts.unresolved ?? {}).map(([words, quantity], entry) =>
    lost(words, quantity, entry),
  );
  const count = (rows: Readonly<Record<string | number, number>> | undefined) => Object.keys(rows ?? {}).length;
  return {
    schema_version: 1,
    summary: {
      parts_requested: 1,
      parts_available: 0,
      coverage: 50,
      lines: lines.length,
      short: count(facts.short) + problems.length,
      to_build: count(facts.build),
      critical: count(facts.critical),
      unresolved: problems.length,
      low: count(facts.low),
      out: count(facts.out),
      consumables_left_out: 0,
    },
    lines,
    can_build: {},
    ...(watched.length > 0 ? { watched } : {}),
    problems,
    silenced: [],
  };
}

function line(facts: Facts, pk: number, name: string): ReportLine {
  const missing = facts.short?.[pk] ?? facts.build?.[pk] ?? 0;
  const make = facts.build?.[pk] !== undefined;
  return {
    pk,
    name,
    ipn: `IPN-${pk}`,
    version: null,
    units: "",
    link: null,
    required: missing,
    optional: 0,
    in_stock: 0,
    committed: 0,
    available: 0,
    borrowed: 0,
    on_order: 0,
    in_production: 0,
    missing,
    owed: 0,
    to_order: make ? 0 : missing,
    order_quantity: make ? 0 : missing,
    to_build: facts.build?.[pk] ?? 0,
    critical: facts.critical?.[pk] ?? 0,
    make,
    short: !make && missing > 0,
    covered_by: [],
    flags: [],
    notes: [],
    why: [],
    outlook: null,
  };
}

function watch(of: Pick<Watched, "kind" | "pk" | "lacking" | "name">): Watched {
  return { ...of, ipn: null, version: null, units: "", available: 100 - of.lacking, minimum: 100, location: null };
}

function lost(words: string, quantity: number, entry: number): ReportProblem {
  return { kind: "not_found", entry, words, quantity, matches: [], message: `no part is named ${words}` };
}
