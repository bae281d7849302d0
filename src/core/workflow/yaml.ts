import { Document, isMap, isScalar, isSeq, stringify } from "yaml";
import type { Runner, StepFile } from "../generated/config.ts";
import { type ActionReference, actionReference } from "../settings/workflow-settings.ts";
import { escaped } from "../text/foreign-text.ts";
import { plainText } from "../text/plain-text.ts";
import { safeYaml } from "../text/safe-yaml.ts";

/** Text as a quoted YAML scalar on one line, whatever it contains. */
export function quoted(text: string): string {
  return escaped(stringify(text, { ...STYLE, defaultStringType: "QUOTE_DOUBLE" }).trimEnd());
}

/** The value of `runs-on`. */
export function runnerText(runner: Runner): string {
  return typeof runner === "string" ? label(runner) : `[${runner.map(label).join(", ")}]`;
}

/** The value of `uses`, with the version behind. */
export function usesText(action: ActionReference): string {
  const isPlain = /^(?:https?:\/\/[\w.-]+(?::\d+)?\/)?[\w./@-]+$/.test(action.uses);
  const text = isPlain ? action.uses : quoted(action.uses);
  const comment = usesComment(action);
  return comment === null ? text : `${text} # ${comment}`;
}

/** Steps as the user wrote them, as items of a list indented by that many blanks; a version behind `uses` stays behind it. */
export function stepsText(steps: readonly Readonly<StepFile>[], indent: number): string {
  if (steps.length === 0) return "";
  const document: Document = new Document(steps, STYLE);
  for (const step of isSeq(document.contents) ? document.contents.items : []) {
    const value = isMap(step) ? step.get("uses", true) : undefined;
    if (!isScalar(value)) continue;
    const action = actionReference(String(value.value));
    const comment = usesComment(action);
    value.value = action.uses;
    value.type = "PLAIN";
    value.comment = comment === null ? null : ` ${comment}`;
  }
  return safeYaml(document, STYLE).replaceAll(/^(?=.)/gm, " ".repeat(indent));
}

// No line is folded, no anchor is made, and what YAML 1.1 takes for a boolean is quoted: readers differ in all three.
const STYLE = { lineWidth: 0, aliasDuplicateObjects: false, compat: "yaml-1.1" } as const;

/** zizmor prefers `$/` to `./`; GitHub Enterprise Server, actionlint and act do not know it. */
function usesComment({ uses, version }: ActionReference): string | null {
  if (version !== null) return plainText(version);
  return uses.startsWith("./") ? "zizmor: ignore[self-repository]" : null;
}

/** Most labels need no quotes, in a list neither; a word that YAML takes for something else (true, null) does. */
function label(text: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(text) && stringify(text, STYLE).trimEnd() === text;
  return isPlain ? text : quoted(text);
}
