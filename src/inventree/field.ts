import { FailureError } from "../core/failure.ts";

/** A row of an answer, as it came. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads the fields of one row; each reader throws FailureError (incomplete) that names path, row and field. */
export interface Fields {
  /** The row's own pk. */
  readonly pk: number;
  readonly key: (name: string) => number;
  readonly keyOrNull: (name: string) => number | null;
  /** A number, or a text that is one (InvenTree writes decimals as either). */
  readonly amount: (name: string) => number;
  /** Not below 0. */
  readonly quantity: (name: string) => number;
  /** As `amount`; null where there is none. */
  readonly amountOrNull: (name: string) => number | null;
  readonly text: (name: string) => string;
  /** null for null and for the empty text. */
  readonly textOrNull: (name: string) => string | null;
  readonly flag: (name: string) => boolean;
  /** `otherwise` if the field is not there (older servers). */
  readonly flagOr: (name: string, otherwise: boolean) => boolean;
  /** YYYY-MM-DD. */
  readonly dateOrNull: (name: string) => string | null;
  /** The rows of a list inside this row; null counts as none. */
  readonly rows: (name: string) => readonly Fields[];
  /** The row inside this row. */
  readonly row: (name: string) => Fields;
  readonly rowOrNull: (name: string) => Fields | null;
}

/** True for an object that is no list. */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Readers for one row that came from `path`. Throws FailureError (incomplete) if it is no object with a pk. */
export function fieldsOf(row: unknown, path: string): Fields {
  if (!isRow(row)) throw incomplete(`${path}: a row is ${shown(row)}, not an object`);
  const { pk } = row;
  if (!isKey(pk)) throw incomplete(`${path}: a row's pk is ${shown(pk)}, not a whole number`);
  const wrong = (name: string, wanted: string) =>
    incomplete(`${path}: row ${pk}: ${name} is ${shown(row[name])}, not ${wanted}`);

  const key = (name: string) => {
    const value = row[name];
    if (isKey(value)) return value;
    throw wrong(name, "a pk");
  };
  const amount = (name: string) => {
    const value = numberOf(row[name]);
    if (value !== undefined) return value;
    throw wrong(name, "a number");
  };
  const text = (name: string) => {
    const value = row[name];
    if (typeof value === "string") return value;
    throw wrong(name, "a text");
  };
  const flag = (name: string) => {
    const value = row[name];
    if (typeof value === "boolean") return value;
    throw wrong(name, "true or false");
  };
  const nested = (name: string) => fieldsOf(row[name], `${path}: row ${pk}: ${name}`);
  const isNothing = (name: string) => row[name] === null || row[name] === undefined;

  return {
    pk,
    key,
    keyOrNull: (name) => (isNothing(name) ? null : key(name)),
    amount,
    quantity: (name) => {
      const value = amount(name);
      if (value < 0) throw wrong(name, "0 or more");
      return value;
    },
    amountOrNull: (name) => (isNothing(name) || row[name] === "" ? null : amount(name)),
    text,
    textOrNull: (name) => (isNothing(name) || row[name] === "" ? null : text(name)),
    flag,
    flagOr: (name, otherwise) => (isNothing(name) ? otherwise : flag(name)),
    dateOrNull: (name) => {
      if (isNothing(name) || row[name] === "") return null;
      const date = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text(name));
      if (date === null) throw wrong(name, "a date");
      return date[0];
    },
    rows: (name) => {
      const value = row[name];
      if (value === null) return [];
      if (!Array.isArray(value)) throw wrong(name, "a list");
      return value.map((inner: unknown) => fieldsOf(inner, `${path}: row ${pk}: ${name}`));
    },
    row: nested,
    rowOrNull: (name) => (isNothing(name) ? null : nested(name)),
  };
}

/** InvenTree could be read, but not whole, or not in a way that makes sense. */
export function incomplete(message: string, retryable = false): FailureError {
  return new FailureError({ kind: "inventree", retryable, message, trouble: "incomplete" });
}

function isKey(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function numberOf(value: unknown): number | undefined {
  const isText = typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value);
  const number = isText ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) return undefined;
  return number === 0 ? 0 : number; // no -0
}

function shown(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
