import { extname } from "node:path";
import type { ListEntry } from "../core/monitor.ts";
import { isError, type Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { parsePartArgument } from "../core/settings/part-argument.ts";
import { printable } from "../core/text/printable.ts";
import { readTextFile } from "./file.ts";
import { type ReadResult, withIndentAdvice } from "./indent-advice.ts";
import { parseCsvList } from "./parts-csv.ts";
import { listProblems } from "./rules.ts";
import { isMonitorFile, schemaProblems } from "./schema.ts";
import { withShapeSlips } from "./shape-slips.ts";
import { silentReadings } from "./silent-readings.ts";
import { type ParsedYaml, parseYaml, type YamlDocument } from "./yaml.ts";

export interface PartsFile {
  /** Absent if there are errors. */
  readonly parts?: readonly ListEntry[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a parts list from a file: CSV, or JSON and YAML, which hold a list of entries or a field `parts` with one. All its
 * problems have their line.
 */
export async function readPartsFile(input: {
  readonly path: string;
  /** The file's name as the user gave it. */
  readonly file: string;
  readonly config: Config;
  readonly now: Date;
}): Promise<PartsFile> {
  const { path, config, now } = input;
  const file = printable(input.file);
  const read = await readTextFile({ path, file });
  if (read.kind === "absent") return { problems: [{ file, message: "does not exist." }] };
  if (read.kind === "unusable") return { problems: [read.problem] };
  const ending = extname(path).toLowerCase();
  const { text } = read;
  const judge = (written: string) => judgeParts(parsedList({ file, text: written, ending }), { config, now });
  const judged = judge(text);
  const all = /^\.ya?ml$/.test(ending) ? withIndentAdvice({ file, text, judged, judge }) : judged.problems;
  const complete = { name: "list", cron_schedule: "0 0 * * *", ...fieldsOf(judged.parsed.document?.value) };
  if (judged.parsed.document === undefined || all.some(isError) || !isMonitorFile(complete)) return { problems: all };
  return { parts: complete.parts ?? [], problems: all };
}

function judgeParts(parsed: ParsedYaml, { config, now }: { readonly config: Config; readonly now: Date }): ReadResult {
  const { document, problems } = parsed;
  if (document === undefined) return { parsed, problems };
  // If no row could be read, the rows say why.
  if (isEmpty(field(document.value, "parts")) && problems.some(isError)) return { parsed, problems };
  const found = [
    ...schemaProblems("monitor", document, ["name", "cron_schedule"]),
    ...listProblems({ document, config, now }),
  ];
  const readings = silentReadings({ document, config, now, found });
  return { parsed, problems: [...problems, ...withShapeSlips(document, found), ...readings] };
}

function parsedList({
  file,
  text,
  ending,
}: {
  readonly file: string;
  readonly text: string;
  readonly ending: string;
}): ParsedYaml {
  if (ending === ".csv" || ending === ".tsv") {
    if (!/^\s*(?:<!doctype|<html|<\?xml|<table)/i.test(text)) return parseCsvList({ file, text });
    return {
      problems: [{ file, line: 1, column: 1, message: "is a web page or XML, not a table; save it as CSV UTF-8." }],
    };
  }
  if (![".json", ".yaml", ".yml"].includes(ending)) {
    const message = "must end in .csv, .json, .yaml or .yml, so that it is clear how to read it.";
    return { problems: [{ file, message }] };
  }
  const parsed = parseYaml({ file, text });
  return parsed.document === undefined ? parsed : { ...parsed, document: listOnly(parsed.document) };
}

/** Only the list, wherever it is: the rest of the file does not matter. */
function listOnly(document: YamlDocument): YamlDocument {
  const { value } = document;
  if (!Array.isArray(value)) return { ...document, value: { parts: entriesOf(field(value, "parts")) } };
  return {
    file: document.file,
    value: { parts: entriesOf(value) },
    placeOf: (path) => document.placeOf(path.slice(1)),
    keyPlaceOf: (path) => document.keyPlaceOf(path.slice(1)),
    scalarOf: (path) => document.scalarOf(path.slice(1)),
    beginsIn: document.beginsIn,
    isBareKey: (path) => document.isBareKey(path.slice(1)),
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

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

function fieldsOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
