import { badChoice, badNumber } from "./refusal.ts";

/** A request's parameters as InvenTree understands them: of a repeated one the last counts, an empty one is none. */
export interface QueryParams {
  readonly text: (name: string) => string | undefined;
  /** A filter that is true or false; anything else does not filter. */
  readonly filter: (name: string) => boolean | undefined;
  /** A switch such as `part_detail`. */
  readonly wants: (name: string, otherwise?: boolean) => boolean;
  /** The pk of an existing row; anything else is refused. */
  readonly row: (name: string, rows: ReadonlyMap<number, unknown>) => number | undefined;
  /** A number; a word or a comma list is refused. */
  readonly number: (name: string) => number | undefined;
  /** A number, or `null` written out. */
  readonly numberOrNull: (name: string) => number | null | undefined;
}

const FILTER_WORDS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);
const SWITCHED_ON = new Set(["1", "y", "yes", "t", "true", "ok", "on"]);

/** Reads parameters from an address. */
export function queryOf(parameters: URLSearchParams): QueryParams {
  const text = (name: string) => parameters.getAll(name).at(-1) || undefined;
  const number = (name: string) => {
    const given = text(name);
    if (given === undefined) return undefined;
    if (!/^\s*[+-]?\d+(\.\d+)?\s*$/.test(given)) throw badNumber(name);
    return Number(given);
  };
  return {
    text,
    number,
    filter: (name) => FILTER_WORDS.get(text(name)?.toLowerCase() ?? ""),
    wants: (name, otherwise = false) => {
      const given = text(name);
      return given === undefined ? otherwise : SWITCHED_ON.has(given.toLowerCase());
    },
    row: (name, rows) => {
      const given = text(name);
      if (given === undefined) return undefined;
      if (!/^\d+$/.test(given) || !rows.has(Number(given))) throw badChoice(name);
      return Number(given);
    },
    numberOrNull: (name) => (text(name)?.toLowerCase() === "null" ? null : number(name)),
  };
}
