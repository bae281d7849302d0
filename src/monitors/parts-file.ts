import { extname } from "node:path";
import type { ListEntry } from "../core/monitor.ts";
import { printable } from "../core/printable.ts";
import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import { readTextFile } from "./file.ts";
import { parseCsvList } from "./parts-csv.ts";
import { listProblems } from "./rules.ts";
import { isMonitorFile, schemaProblems } from "./schema.ts";
import { parseYaml, type YamlDocument } from "./yaml.ts";

export interface PartsFile {
  /** Absent where there is an error among the problems. */
  readonly parts?: readonly ListEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a parts list from a file: CSV, or JSON and YAML, which hold a list of entries or a field `parts` with one. All its
 * problems have their line.
 */
export async function readPartsFile(question: {
  readonly path: string;
  /** How the user knows it. */
  readonly file: string;
  readonly config: Config;
  readonly now: Date;
}): Promise<PartsFile> {
  const { path, config, now } = question;
  const file = printable(question.file);
  const read = await readTextFile({ path, file });
  if (read.kind === "absent") return { problems: [{ file, message: "does not exist." }] };
  if (read.kind === "unusable") return { problems: [read.problem] };
  const { document, problems } = parsedList({ file, text: read.text, ending: extname(path).toLowerCase() });
  if (document === undefined) return { problems };
  const all = [
    ...problems,
    ...schemaProblems("monitor", document, ["name", "cron_schedule"]),
    ...listProblems({ document, config, now }),
  ];
  const complete = { name: "list", cron_schedule: "0 0 * * *", ...fieldsOf(document.value) };
  if (all.some(({ severity }) => severity !== "warning") || !isMonitorFile(complete)) return { problems: all };
  return { parts: complete.parts ?? [], problems: all };
}

function parsedList({
  file,
  text,
  ending,
}: {
  readonly file: string;
  readonly text: string;
  readonly ending: string;
}): {
  readonly document?: YamlDocument;
  readonly problems: readonly Problem[];
} {
  if (ending === ".csv" || ending === ".tsv") return parseCsvList({ file, text });
  if (![".json", ".yaml", ".yml"].includes(ending)) {
    const message = "must end in .csv, .json, .yaml or .yml, so that it is clear how to read it.";
    return { problems: [{ file, message }] };
  }
  const { document, problems } = parseYaml({ file, text });
  if (document === undefined) return { problems };
  return { document: listOnly(document), problems };
}

/** The list alone, wherever it stands: what else a file has in it is no business of ours. */
function listOnly(document: YamlDocument): YamlDocument {
  const { value } = document;
  if (!Array.isArray(value)) return { ...document, value: { parts: entriesOf(field(value, "parts")) } };
  return {
    file: document.file,
    value: { parts: entriesOf(value) },
    placeOf: (path) => document.placeOf(path.slice(1)),
    keyPlaceOf: (path) => document.keyPlaceOf(path.slice(1)),
    sourceOf: (path) => document.sourceOf(path.slice(1)),
  };
}

/** Entries may be written as on the command line. */
function entriesOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value ?? [];
  return value.map((entry: unknown) => {
    const read = typeof entry === "string" ? parsePartArgument(entry) : undefined;
    return read?.kind === "entry" ? read.entry : entry;
  });
}

function fieldsOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
