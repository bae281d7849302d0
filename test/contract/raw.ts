import type { Json, JsonObject } from "../../demo/inventree/json.ts";
import type { Raw } from "../support/recordings.ts";

/** A number; throws if the field is none. */
export function number(raw: Raw, name: string): number {
  const value = raw[name];
  if (typeof value !== "number") throw new Error(`${name} of ${JSON.stringify(raw.pk)} is no number`);
  return value;
}

export function numberOrNull(raw: Raw, name: string): number | null {
  return raw[name] === null ? null : number(raw, name);
}

/** A text; throws if the field is none. */
export function text(raw: Raw, name: string): string {
  const value = raw[name];
  if (typeof value !== "string") throw new Error(`${name} of ${JSON.stringify(raw.pk)} is no text`);
  return value;
}

export function textOrNull(raw: Raw, name: string): string | null {
  return raw[name] === null ? null : text(raw, name);
}

/** True or false; throws if the field is neither. */
export function flag(raw: Raw, name: string): boolean {
  const value = raw[name];
  if (typeof value !== "boolean") throw new Error(`${name} of ${JSON.stringify(raw.pk)} is neither true nor false`);
  return value;
}

/** Fields that a server only stores and shows, as they were recorded. */
export function handedThrough(raw: Raw, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, json(raw[name])]));
}

function json(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(json);
  if (typeof value !== "object") throw new Error(`${typeof value} is no JSON`);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, json(entry)]));
}
