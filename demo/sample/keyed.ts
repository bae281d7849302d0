/** Rows that the sample can name. */
export interface Keyed<Row extends { readonly pk: number }> {
  readonly rows: readonly Row[];
  /** Throws if there is no such key: the sample would be wrong. */
  readonly row: (key: string) => Row;
}

/** Numbers things from 1 and finds them again by key. */
export function keyed<Spec, Row extends { readonly pk: number }>(
  specs: readonly Spec[],
  make: { readonly key: (spec: Spec) => string; readonly row: (spec: Spec, pk: number) => Row },
): Keyed<Row> {
  const rows = specs.map((spec, index) => make.row(spec, index + 1));
  const byKey = new Map(specs.map((spec, index) => [make.key(spec), rows[index]]));
  return {
    rows,
    row: (key) => {
      const row = byKey.get(key);
      if (!row) throw new Error(`The sample has no ${key}`);
      return row;
    },
  };
}

/** The day that many days after a day, YYYY-MM-DD; null stays null. */
export function dayAfter(today: string, days: number | undefined): string | null {
  if (days === undefined) return null;
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
