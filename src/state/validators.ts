// The compiled schemas of the state's files. The bundle has finished code in this module's place (scripts/compiled-schemas.ts).
import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import type { Report } from "../core/generated/report.ts";
import type { OrdersFile, OutlookFile } from "../core/notification/ahead-files.ts";
import type { Incident, MonitorHistory, MonitorRuns, MonitorState } from "../core/notification/state.ts";
import { SCHEMAS, schemaCompiler } from "./compiler.ts";

/** runs.json */
export interface RunsFile {
  readonly schema_version: number;
  readonly generation: number;
  readonly root?: string;
  readonly monitors: Readonly<Record<string, MonitorRuns>>;
}

let compiler: Ajv2020 | undefined;

export function stateValidator(): ValidateFunction<MonitorState> {
  return compiled().compile<MonitorState>(SCHEMAS.stateValidator);
}

export function reportValidator(): ValidateFunction<Report> {
  return compiled().compile<Report>(SCHEMAS.reportValidator);
}

export function historyValidator(): ValidateFunction<MonitorHistory> {
  return compiled().compile<MonitorHistory>(SCHEMAS.historyValidator);
}

export function runsValidator(): ValidateFunction<RunsFile> {
  return compiled().compile<RunsFile>(SCHEMAS.runsValidator);
}

/** Beside the incidents' keys stands `schema_version`. */
export function systemValidator(): ValidateFunction<Readonly<Record<string, Incident>>> {
  return compiled().compile<Readonly<Record<string, Incident>>>(SCHEMAS.systemValidator);
}

export function ordersValidator(): ValidateFunction<OrdersFile> {
  return compiled().compile<OrdersFile>(SCHEMAS.ordersValidator);
}

export function outlookValidator(): ValidateFunction<OutlookFile> {
  return compiled().compile<OutlookFile>(SCHEMAS.outlookValidator);
}

/** It keeps what it has compiled of a schema. */
function compiled(): Ajv2020 {
  compiler ??= schemaCompiler({ optimize: false });
  return compiler;
}
