import type { ErrorObject } from "ajv";
import { field } from "../core/records.ts";
import { printable } from "../core/text/printable.ts";
import { nearest } from "../core/text/suggestion.ts";
import { meantField } from "./near-fields.ts";
import { numberFix } from "./number-words.ts";
import { yamlText } from "./yaml-slips.ts";

export interface SchemaError {
  readonly error: ErrorObject;
  /** The value as it was typed. */
  readonly source: string | undefined;
  /** How deep in the file the value stands; 0 is the whole file. */
  readonly depth: number;
}

/** What is wrong and what to do, from an error of the schema. To follow the path. */
export function sentenceOf({ error, source, depth }: SchemaError): string {
  const { keyword, params, data } = error;
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(String(params.additionalProperty), { known: knownKeys(error), depth });
    case "required":
      return missing(String(params.missingProperty), error);
    case "type":
      return wrongType({ error, source, depth });
    case "enum":
      return `${shown(data)} is not possible here; ${choices(params.allowedValues, data)}`;
    case "const":
      return `must be ${String(params.allowedValue)} or be left out.`;
    case "pattern":
      return `${shown(data)} ${durationFix(data, error) ?? fixOf(error)}`;
    case "format":
      return `${shown(data)} is not a calendar day; write it as 2026-12-31.`;
    case "minLength":
      return params.limit === 1
        ? "is empty; write something or leave the line out."
        : `${shown(data)} is too short; it needs ${params.limit} characters.`;
    case "maxLength":
      return `is too long: ${String(data).length} characters, where ${params.limit} are the most.`;
    case "minItems":
      return "the list is empty; add an entry or leave the line out.";
    case "maxItems":
      return `has ${Array.isArray(data) ? data.length : "too many"} entries, where ${params.limit} are the most.`;
    case "uniqueItems":
      return "appears twice in the list; keep one of them.";
    case "exclusiveMinimum":
      return `must be above ${params.limit}, not ${String(data)}.`;
    case "minimum":
      return `must be at least ${params.limit}, not ${String(data)}.`;
    case "maximum":
      return `must be at most ${params.limit}, not ${String(data)}.`;
    default:
      // anyOf, oneOf, not: the schema describes beside them what is meant.
      return fixOf(error);
  }
}

function fixOf(error: ErrorObject): string {
  return ownFix(error) ?? "does not fit.";
}

function ownFix(error: ErrorObject): string | undefined {
  const fix: unknown = error.parentSchema?.["x-fix"];
  return typeof fix === "string" ? fix : undefined;
}

/** Fields of the root that belong to an entry of one of its lists. */
const HOMES: ReadonlyMap<string, string> = new Map([
  ...["quantity", "ipn", "pk", "version"].map((name) => [name, "parts"] as const),
  ...["minimum", "category"].map((name) => [name, "watch"] as const),
  ...["until", "reason"].map((name) => [name, "silences"] as const),
]);

function unknownKey(
  key: string,
  { known, depth }: { readonly known: readonly string[]; readonly depth: number },
): string {
  const home = depth === 0 && known.includes("parts") ? HOMES.get(key) : undefined;
  if (home !== undefined) return `belongs to an entry of ${home}; move it there, or delete the line.`;
  if (key === "last_hash") return "lives in the state, never in a monitor; delete the line.";
  if (key === "<<") return "merge keys are not part of YAML 1.2; write the fields out.";
  const proposal = meantField(key, known);
  if (proposal !== undefined) return `is not known here; did you mean ${proposal}?`;
  return `is not known here; known are ${known.join(", ")}.`;
}

function knownKeys(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.properties;
  return typeof properties === "object" && properties !== null ? Object.keys(properties) : [];
}

function missing(key: string, error: ErrorObject): string {
  const property = field(error.parentSchema?.properties, key);
  const description = field(property, "description");
  return typeof description === "string" ? `is missing. ${description}` : "is missing; add it.";
}

function wrongType({ error, source, depth }: SchemaError): string {
  const { data: value, params } = error;
  const wanted: unknown = params.type;
  const fix = ownFix(error);
  if (depth === 0)
    return value === null
      ? "the file is empty; it needs fields, as in name: Sensor board."
      : "the file must consist of fields, as in name: Sensor board.";
  if (value === null) return "is empty; write a value or leave the line out.";
  const kinds = Array.isArray(wanted) ? wanted : [wanted];
  if (kinds.includes("string") && kinds.length > 1) return "must be a number (its pk) or a text.";
  switch (kinds[0]) {
    case "string":
      if (typeof value === "number" && fix !== undefined)
        return `${source ?? value} ${durationFix(value, error) ?? fix}`;
      if (Array.isArray(value) && value.every((one) => typeof one === "string"))
        return `must be a text; write it in quotes: "${printable(value.join(", "), 60)}".`;
      return isScalar(value) ? `must be a text; write it in quotes: "${source ?? String(value)}".` : "must be a text.";
    case "integer":
    case "number":
      return notANumber(value, { whole: kinds[0] === "integer" });
    case "boolean":
      return `must be true or false, not ${shown(value)}${yesOrNo(value)}.`;
    case "array":
      return typeof value === "string" && isTextList(error)
        ? `must be a list: write [${yamlText(printable(value, 60))}].`
        : "must be a list: one entry a line, each after a dash.";
    default:
      return fieldsWords(knownKeys(error));
  }
}

function isTextList(error: ErrorObject): boolean {
  const items: unknown = error.parentSchema?.items;
  return field(items, "type") === "string" || Array.isArray(field(items, "enum"));
}

function fieldsWords(known: readonly string[]): string {
  if (known.length === 0 || known.includes("quantity")) return "must consist of fields, as in quantity: 5.";
  return `must consist of fields: ${known.slice(0, 6).join(", ")}${known.length > 6 ? ", …" : ""}.`;
}

function notANumber(value: unknown, { whole }: { readonly whole: boolean }): string {
  if (typeof value === "number")
    return Number.isFinite(value) ? `must be a whole number, not ${value}.` : "must be a finite number.";
  if (typeof value === "string") return numberFix(value, { whole });
  const [only] = Array.isArray(value) && value.length === 1 ? value : [];
  return typeof only === "number" ? `must be a number; write ${only} without brackets.` : "must be a number.";
}

const YES = ["yes", "y", "on", "1", "ja", "j", "oui", "si", "sí", "true", "enabled"];
const NO = ["no", "n", "off", "0", "nein", "non", "false", "disabled"];

function yesOrNo(value: unknown): string {
  const word = String(value).toLowerCase();
  return YES.includes(word) ? "; write true" : NO.includes(word) ? "; write false" : "";
}

const UNITS: readonly (readonly [unit: string, words: RegExp])[] = [
  ["m", /^(?:m|min|mins|minutes?|minuten?)$/i],
  ["h", /^(?:h|hrs?|hours?|std|stunden?)$/i],
  ["d", /^(?:d|days?|tage?n?)$/i],
  ["w", /^(?:w|weeks?|wochen?)$/i],
];

/** A duration in words as its short form; undefined if it is not one. */
function durationFix(value: unknown, error: ErrorObject): string | undefined {
  const [what] = /^is (?:no|not a)\b[^;]*(?:duration|number of days)/.exec(ownFix(error) ?? "") ?? [];
  if (what === undefined) return undefined;
  const [, count = "", word = ""] = /^([1-9]\d{0,4})[\s-]*(\p{L}+)$/u.exec(String(value).trim()) ?? [];
  const unit = UNITS.find(([, words]) => words.test(word))?.[0];
  // If days are expected, minutes and hours are more than a wrong format.
  if (unit === undefined || (what.endsWith("number of days") && unit !== "d" && unit !== "w")) return undefined;
  return `${what}; write ${count}${unit}.`;
}

function choices(allowed: unknown, value: unknown): string {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const proposal = typeof value === "string" ? (languageOf(value, words) ?? nearest(value, words)) : undefined;
  return proposal === undefined ? `use one of ${words.join(", ")}.` : `did you mean ${proposal}? (${words.join(", ")})`;
}

/** People write a language as `German`, `Deutsch`, `de-DE`. */
function languageOf(value: string, words: readonly string[]): string | undefined {
  const word = value.toLowerCase();
  const meant = /^(?:en\b|english$|englisch$)/.test(word) ? "en" : /^(?:de\b|german$|deutsch$)/.test(word) ? "de" : "";
  return words.includes(meant) ? meant : undefined;
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object";
}

function shown(value: unknown): string {
  if (typeof value === "string") return `"${printable(value, 60)}"`;
  return typeof value === "object" && value !== null ? "this" : String(value);
}
