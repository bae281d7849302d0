import { FailureError } from "../core/failure.ts";
import { isRecord, own } from "../core/records.ts";
import { clip, plainText } from "../core/text/plain-text.ts";

/** A row of an answer, as it came. */
export type ApiRow = Readonly<Record<string, unknown>>;

/** Reads the fields of one row; each reader throws FailureError (incomplete) that names path, row and field. */
export interface RowReader {
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
  readonly rows: (name: string) => readonly RowReader[];
  /** The row inside this row. */
  readonly row: (name: string) => RowReader;
  readonly rowOrNull: (name: string) => RowReader | null;
}

/** Readers for one row that came from `path`. Throws FailureError (incomplete) if it is no object with a pk. */
export function fieldsOf(row: unknown, path: string): RowReader {
  if (!isRecord(row)) throw incomplete(`${path}: a row is ${shown(row)}, not an object`);
  const { pk } = row;
  if (!isKey(pk)) throw incomplete(`${path}: a row's pk is ${shown(pk)}, not a whole number`);
  return new RowFields(row, pk, path);
}

// A class, because there are tens of thousands of rows: readers of their own would take more memory than the rows.
class RowFields implements RowReader {
  readonly pk: number;
  readonly #row: ApiRow;
  readonly #path: string;

  constructor(row: ApiRow, pk: number, path: string) {
    this.#row = row;
    this.pk = pk;
    this.#path = path;
  }

  key(name: string): number {
    const value = own(this.#row, name);
    if (isKey(value)) return value;
    throw this.#wrong(name, "a pk");
  }

  keyOrNull(name: string): number | null {
    return this.#isNothing(name) ? null : this.key(name);
  }

  amount(name: string): number {
    const value = numberOf(own(this.#row, name));
    if (value !== undefined) return value;
    throw this.#wrong(name, "a number");
  }

  quantity(name: string): number {
    const value = this.amount(name);
    if (value < 0) throw this.#wrong(name, "0 or more");
    return value;
  }

  amountOrNull(name: string): number | null {
    return this.#isNothing(name) || own(this.#row, name) === "" ? null : this.amount(name);
  }

  text(name: string): string {
    const value = own(this.#row, name);
    if (typeof value === "string") return value;
    throw this.#wrong(name, "a text");
  }

  textOrNull(name: string): string | null {
    return this.#isNothing(name) || own(this.#row, name) === "" ? null : this.text(name);
  }

  flag(name: string): boolean {
    const value = own(this.#row, name);
    if (typeof value === "boolean") return value;
    throw this.#wrong(name, "true or false");
  }

  flagOr(name: string, otherwise: boolean): boolean {
    return this.#isNothing(name) ? otherwise : this.flag(name);
  }

  dateOrNull(name: string): string | null {
    if (this.#isNothing(name) || own(this.#row, name) === "") return null;
    const date = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(this.text(name));
    if (date === null) throw this.#wrong(name, "a date");
    return date[0];
  }

  rows(name: string): readonly RowReader[] {
    const value = own(this.#row, name);
    if (value === null) return [];
    if (!Array.isArray(value)) throw this.#wrong(name, "a list");
    return value.map((inner: unknown) => fieldsOf(inner, this.#inside(name)));
  }

  row(name: string): RowReader {
    return fieldsOf(own(this.#row, name), this.#inside(name));
  }

  rowOrNull(name: string): RowReader | null {
    return this.#isNothing(name) ? null : this.row(name);
  }

  #inside(name: string): string {
    return `${this.#path}: row ${this.pk}: ${name}`;
  }

  #isNothing(name: string): boolean {
    return own(this.#row, name) === null || own(this.#row, name) === undefined;
  }

  #wrong(name: string, wanted: string): FailureError {
    return incomplete(`${this.#inside(name)} is ${shown(own(this.#row, name))}, not ${wanted}`);
  }
}

/** InvenTree could be read, but not whole, or not in a way that makes sense. */
export function incomplete(message: string, retryable = false): FailureError {
  return new FailureError({ kind: "inventree", retryable, message, incident: "incomplete" });
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
  // What is nested may be so deep that JSON.stringify has no room for it.
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return value === undefined ? "missing" : clip(plainText(JSON.stringify(value)), 60);
}
