import type { ErrorObject } from "ajv";
import { printable } from "../core/printable.ts";
import { field } from "../core/records.ts";
import { nearest } from "../core/settings/suggestion.ts";

export interface SchemaError {
  readonly error: ErrorObject;
  /** The value as it was typed. */
  readonly source: string | undefined;
  /** How deep in the file the value stands; 0 is the whole file. */
  readonly depth: number;
}

/** What is wrong and what to do, from an error of the schema. The path stands before it. */
export function sentenceOf({ error, source, depth }: SchemaError): string {
  const { keyword, params, data } = error;
  switch (keyword) {
    case "additionalProperties":
      return unknownKey(String(params.additionalProperty), knownKeys(error));
    case "required":
      return missing(String(params.missingProperty), error);
    case "type":
      return wrongType({ wanted: params.type, value: data, source, depth });
    case "enum":
      return `${shown(data)} is not possible here; ${choices(params.allowedValues, data)}`;
    case "const":
      return `must be ${String(params.allowedValue)} or be left out.`;
    case "pattern":
      return `${shown(data)} ${fixOf(error)}`;
    case "format":
      return `${shown(data)} is no day of the calendar; write it as 2026-12-31.`;
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
      return "stands twice in the list; keep one of them.";
    case "exclusiveMinimum":
      return `must be above ${params.limit}, not ${String(data)}.`;
    case "minimum":
      return `must be at least ${params.limit}, not ${String(data)}.`;
    case "maximum":
      return `must be at most ${params.limit}, not ${String(data)}.`;
    default:
      // anyOf, oneOf, not: the schema says beside them what is meant.
      return fixOf(error);
  }
}

function fixOf(error: ErrorObject): string {
  const fix: unknown = error.parentSchema?.["x-fix"];
  return typeof fix === "string" ? fix : `${error.message ?? "does not fit"}.`;
}

function unknownKey(key: string, known: readonly string[]): string {
  if (key === "last_hash") return "lives in the state, never in a monitor; delete the line.";
  if (key === "<<") return "merge keys are not part of YAML 1.2; write the fields out.";
  const proposal = nearest(key, known);
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

interface WrongType {
  readonly wanted: unknown;
  readonly value: unknown;
  readonly source: string | undefined;
  readonly depth: number;
}

function wrongType({ wanted, value, source, depth }: WrongType): string {
  if (depth === 0)
    return value === null
      ? "the file is empty; it needs fields, as in name: Sensor board."
      : "the file must consist of fields, as in name: Sensor board.";
  if (value === null) return "is empty; write a value or leave the line out.";
  const kinds = Array.isArray(wanted) ? wanted : [wanted];
  if (kinds.includes("string") && kinds.length > 1) return "must be a number (its pk) or a text.";
  switch (kinds[0]) {
    case "string":
      return isScalar(value) ? `must be a text; write it in quotes: "${source ?? String(value)}".` : "must be a text.";
    case "integer":
    case "number":
      return notANumber(value, kinds[0] === "integer");
    case "boolean":
      return `must be true or false, not ${shown(value)}.`;
    case "array":
      return "must be a list: one entry a line, each after a dash.";
    default:
      return "must consist of fields, as in quantity: 5.";
  }
}

function notANumber(value: unknown, whole: boolean): string {
  if (typeof value === "number")
    return Number.isFinite(value) ? `must be a whole number, not ${value}.` : "must be a finite number.";
  if (typeof value !== "string") return "must be a number.";
  const number = value.trim() !== "" && Number.isFinite(Number(value));
  return number
    ? `must be a number; write ${value.trim()} without quotes.`
    : `must be a ${whole ? "whole number" : "number"}, not ${shown(value)}.`;
}

function choices(allowed: unknown, value: unknown): string {
  const words = Array.isArray(allowed) ? allowed.map(String) : [];
  const proposal = typeof value === "string" ? nearest(value, words) : undefined;
  return proposal === undefined ? `use one of ${words.join(", ")}.` : `did you mean ${proposal}? (${words.join(", ")})`;
}

function isScalar(value: unknown): boolean {
  return typeof value !== "object";
}

function shown(value: unknown): string {
  if (typeof value === "string") return `"${printable(value, 60)}"`;
  return typeof value === "object" && value !== null ? "this" : String(value);
}
