import { own } from "../core/records.ts";
import { plainText } from "../core/text/plain-text.ts";
import { FIELD_ORDER } from "./edit-field.ts";
import { fieldLines } from "./edit-text.ts";

/** The text of a new monitor's file. */
export function newMonitorText(input: {
  /** By field names of the file; undefined ones are left out. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the repository has the schema, which editors use for completion. */
  readonly hasSchema: boolean;
  /** Sentences for the comment at the top. */
  readonly remarks?: readonly string[];
}): string {
  const { fields, hasSchema, remarks = [] } = input;
  const rest = Object.keys(fields).filter((name) => !FIELD_ORDER.includes(name));
  const lines = [...FIELD_ORDER, ...rest].flatMap((name) =>
    own(fields, name) === undefined ? [] : fieldLines(name, own(fields, name)),
  );
  const head = hasSchema ? ["# yaml-language-server: $schema=../schemas/monitor.schema.json"] : [];
  return [...head, ...remarks.map((remark) => `# ${plainText(remark)}`), ...lines].map((line) => `${line}\n`).join("");
}
