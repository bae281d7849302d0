import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../../shared/inventree/recordings");

/** Whether the recorded answers of a real server lie beside this checkout. */
export const recordingsPresent = existsSync(join(FOLDER, "index.json"));

/** One recorded answer; throws if the file is not there or is no JSON. */
export function recorded(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
}

/** A JSON object, to be asked by name. */
export type Raw = Readonly<Record<string, unknown>>;

/** The rows of a recorded list, paged or bare. */
export function recordedRows(file: string): readonly Raw[] {
  const answer = recorded(file);
  const rows = isRaw(answer) ? answer.results : answer;
  if (!Array.isArray(rows)) throw new Error(`${file} holds no list`);
  return rows.map((row: unknown) => {
    if (!isRaw(row)) throw new Error(`${file} holds a row that is no object`);
    return row;
  });
}

/** Whether a value is a JSON object. */
export function isRaw(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
