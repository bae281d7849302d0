/** Whether two JSON values are equal; the order of keys does not count. */
export function saysSame(a: unknown, b: unknown): boolean {
  return sayings(a) === sayings(b);
}

/** A key for such a value: the same text for equal values. */
export function sayings(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, sorted(one)] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
