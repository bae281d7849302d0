import { parseDocument, Scalar, stringify, visit } from "yaml";
import type { Runner, StepFile } from "./generated/config.ts";
import { plainText } from "./plain-text.ts";
import type { ActionReference } from "./workflow-settings.ts";

/** Text as a quoted YAML scalar on one line, whatever it contains. */
export function quoted(text: string): string {
  return stringify(text, { ...STYLE, defaultStringType: "QUOTE_DOUBLE" }).trimEnd();
}

/** The value of `runs-on`. */
export function runnerText(runner: Runner): string {
  return typeof runner === "string" ? label(runner) : `[${runner.map(label).join(", ")}]`;
}

/** The value of `uses`, with the version behind. */
export function usesText({ uses, version }: ActionReference): string {
  const text = /^[\w./@-]+$/.test(uses) ? uses : quoted(uses);
  return version === null ? text : `${text} # ${plainText(version)}`;
}

/** Steps as the user wrote them, as items of a list indented by that many blanks; a version behind `uses` stays behind it. */
export function stepsText(steps: readonly Readonly<StepFile>[], indent: number): string {
  if (steps.length === 0) return "";
  const document = parseDocument(stringify(steps, STYLE));
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!(key instanceof Scalar) || key.value !== "uses" || !(value instanceof Scalar)) return;
      const [, uses, version] = /^(\S+)\s+#\s*(\S.*)$/u.exec(String(value.value)) ?? [];
      if (uses === undefined || version === undefined) return;
      value.value = uses;
      value.type = "PLAIN";
      value.comment = ` ${plainText(version)}`;
    },
  });
  return document.toString(STYLE).replaceAll(/^(?=.)/gm, " ".repeat(indent));
}

// No line is folded, no anchor is made, and what YAML 1.1 takes for a boolean is quoted: readers differ in all three.
const STYLE = { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" } as const;

function label(text: string): string {
  return /^[A-Za-z][\w.-]*$/.test(text) ? text : quoted(text);
}
