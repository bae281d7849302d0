import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, parseDocument } from "yaml";
import type { Problem } from "../core/problem.ts";
import { byKey } from "../core/text/code-units.ts";
import { fieldEdit } from "./edit-field.ts";
import type { FieldEdit } from "./edit-list.ts";
import { lineBreak, spliced } from "./edit-text.ts";
import { parseYaml } from "./yaml.ts";

/** New values by field, as in the file; undefined removes the field. */
export type FieldChanges = Readonly<Record<string, unknown>>;

export type Edited =
  | { readonly kind: "edited"; readonly text: string; readonly changed: readonly string[] }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] };

/**
 * Changes fields in the text of a monitor's file, and nothing else: comments, order, quotes, line ends and every other
 * line stay as they are; a list keeps its order, new entries are appended. The new text is not validated here. A file that
 * cannot be read, or in which the change would affect something else (an anchor that others use), is refused with the reason.
 */
export function editMonitorText(input: {
  readonly file: string;
  readonly text: string;
  readonly changes: FieldChanges;
}): Edited {
  const { file, changes } = input;
  const { problems } = parseYaml(input);
  if (problems.length > 0) return { kind: "refused", problems };
  let { text } = input;
  const changed: string[] = [];
  for (const [key, value] of Object.entries(changes)) {
    const document = parsed(text);
    if (!isMap(document.contents)) return refused(file, "the file must consist of fields, as in name: Sensor board.");
    const edit = fieldEdit({ document, root: document.contents, text, key, value });
    if (edit === undefined) continue;
    const next = [spliced(text, edit.splices), rewritten(text, key, edit)].find((candidate) =>
      says({ before: document, after: candidate, key, edit }),
    );
    if (next === undefined)
      return refused(file, `${key} cannot be changed here without moving other lines: do it by hand.`);
    text = next;
    changed.push(key);
  }
  return { kind: "edited", text, changed };
}

/** As returned by parseYaml, with the positions that an edit needs. */
function parsed(text: string): Document.Parsed {
  return parseDocument(text, {
    version: "1.2",
    prettyErrors: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: "error",
    keepSourceTokens: true,
  });
}

/** Rewrites the whole file, if the text is too unusual to be changed in place: comments and order stay. */
function rewritten(text: string, key: string, { value }: FieldEdit): string {
  const document = parsed(text);
  if (value === undefined) document.delete(key);
  else document.set(key, value);
  try {
    return document.toString({ lineWidth: 0 }).replaceAll(/\r?\n/g, lineBreak(text));
  } catch {
    // An alias whose anchor is gone: the check below finds that nothing fits.
    return "";
  }
}

/** Verifies an edit: the new text has the new values, and everything else as before. */
function says(input: {
  readonly before: Document.Parsed;
  readonly after: string;
  readonly key: string;
  readonly edit: FieldEdit;
}): boolean {
  const { key, edit } = input;
  const after = parsed(input.after);
  if (after.errors.length > 0 || after.warnings.length > 0) return false;
  const others = sorted(fields(input.before)).filter(([name]) => name !== key);
  const edited = edit.value === undefined ? [] : [[key, edit.value] as const];
  return isDeepStrictEqual(sorted(fields(after)), sorted(Object.fromEntries([...others, ...edited])));
}

function fields(document: Document.Parsed): Readonly<Record<string, unknown>> {
  const value: unknown = document.toJS();
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function sorted(options: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(options).sort(byKey);
}

function refused(file: string, message: string): Edited {
  return { kind: "refused", problems: [{ file, line: 1, column: 1, message }] };
}
