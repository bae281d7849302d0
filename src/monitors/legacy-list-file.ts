import type { Problem } from "../core/problem.ts";
import { field, isRecord } from "../core/records.ts";
import { type OldList, oldList } from "./legacy-list.ts";
import { type Path, parseYaml, pathText, type YamlDocument } from "./yaml.ts";

/** An old presets file: its lists, and its other contents. */
export interface Presets {
  readonly lists: readonly OldList[];
  /** What is not imported from the file as a whole, in sentences. */
  readonly notes: readonly string[];
  /** Why the file, or something in it, is no list. */
  readonly problems: readonly Problem[];
  /** Finds positions in the file. */
  readonly placeOf: YamlDocument["placeOf"];
}

/** The fields of the file that contain lists. */
const SECTIONS = ["presets", "monitoring_lists"] as const;

/**
 * Reads the presets and monitoring lists of an older program: a list of them, fields `presets` and `monitoring_lists` with
 * lists, or fields by id or name.
 */
export function readPresets({ file, text }: { readonly file: string; readonly text: string }): Presets {
  const { document, problems } = parseYaml({ file, text });
  const start = { line: 1, column: 1 };
  if (document === undefined) return { lists: [], notes: [], problems, placeOf: () => start };
  const { value, placeOf } = document;
  const found = candidates(value);
  const lists = found.flatMap(({ path, of, key }) => (isRecord(of) ? [oldList({ value: of, path, key })] : []));
  const wrong = found.flatMap(({ path, of }): Problem[] =>
    isRecord(of) ? [] : [{ file, ...placeOf(path), path: pathText(path), message: "is not a list: it has no fields." }],
  );
  const nothing: Problem[] =
    found.length > 0 || sectionsOf(value).length > 0
      ? []
      : [{ file, ...start, message: "has no presets in it: neither a list of them, nor presets or monitoring_lists." }];
  return { lists, notes: notesOf(value), problems: [...problems, ...nothing, ...wrong], placeOf };
}

interface Candidate {
  readonly path: Path;
  readonly of: unknown;
  /** The key in its section, if lists are kept by id or name. */
  readonly key: string | undefined;
}

function candidates(value: unknown): readonly Candidate[] {
  const sections = sectionsOf(value);
  if (sections.length > 0 && isRecord(value)) return sections.flatMap((name) => inside(field(value, name), [name]));
  if (isRecord(value) && ("parts" in value || "items" in value)) return [{ path: [], of: value, key: undefined }];
  return inside(value, []);
}

/** The lists of a section: one after another, or by id or name. */
function inside(value: unknown, path: Path): readonly Candidate[] {
  if (Array.isArray(value))
    return value.map((options: unknown, index) => ({ path: [...path, index], of: options, key: undefined }));
  if (!isRecord(value)) return [];
  return Object.entries(value)
    .filter(([, of]) => path.length > 0 || isRecord(of))
    .map(([key, of]: [string, unknown]) => ({ path: [...path, key], of, key }));
}

function sectionsOf(value: unknown): readonly string[] {
  return isRecord(value) ? SECTIONS.filter((name) => name in value && field(value, name) !== null) : [];
}

/** The old program kept other settings in the same file. */
function notesOf(value: unknown): readonly string[] {
  if (!isRecord(value) || sectionsOf(value).length === 0) return [];
  const others = Object.keys(value).filter((name) => !SECTIONS.some((section) => section === name));
  return others.map((name) =>
    /mail|smtp/i.test(name)
      ? `${name} is not taken over: the mail server's settings come from the environment (EMAIL_SMTP_SERVER and others).`
      : `${name} is not taken over: it is not known here.`,
  );
}
