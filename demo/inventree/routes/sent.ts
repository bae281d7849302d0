// The fields of a row that somebody sends, checked one by one; all that is wrong is said at once, as InvenTree does.
import { Refusal } from "../refusal.ts";

export interface Sent {
  /** "" where it is not sent. */
  readonly text: (name: string, rules: { readonly isRequired?: true; readonly most: number }) => string;
  readonly number: (name: string, rules: { readonly isRequired?: true; readonly least?: number }) => number | null;
  readonly flag: (name: string, otherwise: boolean) => boolean;
  /** YYYY-MM-DD. */
  readonly day: (name: string) => string | null;
  /** The pk of a row that is there. */
  readonly row: (
    name: string,
    rows: ReadonlyMap<number, unknown>,
    rules: { readonly isRequired?: true },
  ) => number | null;
  readonly isWrong: (name: string) => boolean;
  readonly refuse: (name: string, words: string) => void;
  /** Throws `Refusal` (400) if anything is wrong. */
  readonly end: () => void;
}

/** Reads them from the parsed body. Throws `Refusal` (400) if it is no object. */
export function readSent(body: unknown): Sent {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Refusal(400, { non_field_errors: ["Invalid data. Expected a dictionary, but got something else."] });
  const values = new Map(Object.entries(body));
  const wrong = new Map<string, string[]>();
  const refuse = (name: string, words: string) => {
    wrong.set(name, [...(wrong.get(name) ?? []), words]);
  };
  /** undefined: nothing usable was sent. */
  const sentFor = (name: string, { isRequired = false, mayBeNull = false }) => {
    const value = values.get(name);
    if (value === undefined && isRequired) refuse(name, "This field is required.");
    if (value === null && !mayBeNull) refuse(name, "This field may not be null.");
    return value ?? undefined;
  };
  return {
    text: (name, { isRequired = false, most }) => {
      const value = sentFor(name, { isRequired });
      if (value === undefined) return "";
      if (typeof value !== "string" && typeof value !== "number") refuse(name, "Not a valid string.");
      const text = String(value).trim();
      if (text === "" && isRequired) refuse(name, "This field may not be blank.");
      if (text.length > most) refuse(name, `Ensure this field has no more than ${most} characters.`);
      return text;
    },
    number: (name, { isRequired = false, least }) => {
      const value = sentFor(name, { isRequired, mayBeNull: !isRequired });
      if (value === undefined) return null;
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      if (typeof number !== "number" || !Number.isFinite(number)) {
        refuse(name, "A valid number is required.");
        return null;
      }
      if (least !== undefined && number < least)
        refuse(name, `Ensure this value is greater than or equal to ${least}.`);
      return number;
    },
    flag: (name, otherwise) => {
      const value = sentFor(name, {});
      if (value === undefined) return otherwise;
      if (typeof value !== "boolean") refuse(name, "Must be a valid boolean.");
      return value === true;
    },
    day: (name) => {
      const value = sentFor(name, { mayBeNull: true });
      if (value === undefined) return null;
      if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
      refuse(name, "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.");
      return null;
    },
    row: (name, rows, { isRequired = false }) => {
      const value = sentFor(name, { isRequired });
      if (value === undefined) return null;
      const pk = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
      if (typeof pk !== "number") refuse(name, `Incorrect type. Expected pk value, received ${typeof value}.`);
      else if (!rows.has(pk)) refuse(name, `Invalid pk "${pk}" - object does not exist.`);
      else return pk;
      return null;
    },
    isWrong: (name) => wrong.has(name),
    refuse,
    end: () => {
      if (wrong.size > 0) throw new Refusal(400, Object.fromEntries(wrong));
    },
  };
}
