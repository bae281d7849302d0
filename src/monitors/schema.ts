import type { ErrorObject } from "ajv";
import type { ConfigFile } from "../core/generated/config.ts";
import type { MonitorFile } from "../core/generated/monitor.ts";
import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { printable } from "../core/text/printable.ts";
import { sentenceOf } from "./sentences.ts";
import { configValidator, monitorValidator } from "./validators.ts";
import { type Path, pathText, type YamlDocument } from "./yaml.ts";

/** Far more than people are shown; a hostile file has hundreds of thousands. */
const MAX_ERRORS = 1000;

/** Whether the value fits schemas/monitor.schema.json. */
export function isMonitorFile(value: unknown): value is MonitorFile {
  return monitorValidator()(value);
}

/** Whether the value fits schemas/config.schema.json. */
export function isConfigFile(value: unknown): value is ConfigFile {
  return configValidator()(value);
}

/**
 * All schema violations of the document, in sentences, at the value's place. `optional` are fields of the
 * root that may be missing here though the schema requires them.
 */
export function schemaProblems(
  name: "monitor" | "config",
  document: YamlDocument,
  optional: readonly string[] = [],
): Problem[] {
  const validate = { monitor: monitorValidator, config: configValidator }[name]();
  validate(document.value);
  return (validate.errors ?? [])
    .filter((error) => !isBranch(error) && !isOptional(error, optional))
    .slice(0, MAX_ERRORS)
    .map((error) => problemOf(error, document));
}

/** An error inside a branch of anyOf or oneOf: the error of the whole reports it once. */
function isBranch(error: ErrorObject): boolean {
  return /\/(?:anyOf|oneOf)\/\d+\//.test(error.schemaPath);
}

function isOptional(error: ErrorObject, optional: readonly string[]): boolean {
  return (
    error.keyword === "required" && error.instancePath === "" && optional.includes(String(error.params.missingProperty))
  );
}

function problemOf(error: ErrorObject, document: YamlDocument): Problem {
  const parent = pathOf(error.instancePath, document.value);
  const path = [...parent, ...stepInto(error)];
  const place = error.keyword === "additionalProperties" ? document.keyPlaceOf(path) : document.placeOf(path);
  const source = document.scalarOf(path)?.source;
  const sentence = sentenceOf({ error, source, depth: parent.length });
  return { file: document.file, ...place, path: pathText(path), message: printable(sentence) };
}

/** Some errors are about something inside the value that they name. */
function stepInto(error: ErrorObject): Path {
  if (error.keyword === "additionalProperties") return [String(error.params.additionalProperty)];
  if (error.keyword === "required") return [String(error.params.missingProperty)];
  // Of two equal entries ajv names the later one as i or j, depending on the kind of items.
  if (error.keyword === "uniqueItems") return [Math.max(Number(error.params.i), Number(error.params.j))];
  return [];
}

/** A JSON pointer as a path; steps into a list become numbers. */
function pathOf(pointer: string, root: unknown): Path {
  let value = root;
  return pointer
    .split("/")
    .slice(1)
    .map((part) => {
      const step = part.replaceAll("~1", "/").replaceAll("~0", "~");
      const isList = Array.isArray(value);
      value = field(value, step);
      return isList ? Number(step) : step;
    });
}
