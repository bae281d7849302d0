/**
 * What the record itself holds under this word, which may come from outside. `record[word]` would also find what every
 * object inherits: a list called "constructor" would be known already.
 */
export function own<T>(record: Readonly<Record<string, T>> | undefined, word: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, word) ? record[word] : undefined;
}

/** The field of that name in a value from outside, whatever it may be; undefined where it has none of its own. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
