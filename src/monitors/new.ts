import { plainText } from "../core/view/plain-text.ts";
import { FIELD_ORDER } from "./edit-field.ts";
import { fieldLines } from "./edit-render.ts";

/** The text of a new monitor's file. */
export function newMonitorText(question: {
  /** By the names of the file; what is undefined is left out. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The repository has the schema, which editors complete by. */
  readonly hasSchema: boolean;
  /** Sentences that stand on top. */
  readonly remarks?: readonly string[];
}): string {
  const { fields, hasSchema, remarks = [] } = question;
  const rest = Object.keys(fields).filter((name) => !FIELD_ORDER.includes(name));
  const lines = [...FIELD_ORDER, ...rest].flatMap((name) =>
    fields[name] === undefined ? [] : fieldLines(name, fields[name]),
  );
  const head = hasSchema ? ["# yaml-language-server: $schema=../schemas/monitor.schema.json"] : [];
  return [...head, ...remarks.map((remark) => `# ${plainText(remark)}`), ...lines].map((line) => `${line}\n`).join("");
}
