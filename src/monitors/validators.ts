// The compiled schemas of people's files. The bundle has generated code in place of this module (scripts/compiled-schemas.ts).
import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import type { ConfigFile } from "../core/generated/config.ts";
import type { MonitorFile } from "../core/generated/monitor.ts";
import { SCHEMAS, schemaCompiler } from "./compiler.ts";

let compiler: Ajv2020 | undefined;

export function monitorValidator(): ValidateFunction<MonitorFile> {
  return compiled().compile<MonitorFile>(SCHEMAS.monitorValidator);
}

export function configValidator(): ValidateFunction<ConfigFile> {
  return compiled().compile<ConfigFile>(SCHEMAS.configValidator);
}

/** Keeps what it has compiled from a schema. */
function compiled(): Ajv2020 {
  compiler ??= schemaCompiler({ optimize: false });
  return compiler;
}
