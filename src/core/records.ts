/**
 * The record's own value under this word, which may come from outside. `record[word]` would also find what every
 * object inherits: a list called "constructor" would be known already.
 */
export function own<T>(record: Readonly<Record<string, T>> | undefined, word: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, word) ? record[word] : undefined;
}

/** The field of that name in a value from outside, whatever it may be; undefined if it has no own field of that name. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** The value at this path inside a value; undefined if the path ends before. */
export function inside(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce(field, value);
}

/** The text at this path inside a value; undefined if there is none. */
export function textIn(value: unknown, ...path: readonly string[]): string | undefined {
  const found = inside(value, ...path);
  return typeof found === "string" ? found : undefined;
}

/** Whether a value from outside is an object with fields, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same fields without those that are undefined: an optional field is absent, or it has a value. */
export function defined<T extends object>(fields: T): Defined<T>;
export function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
