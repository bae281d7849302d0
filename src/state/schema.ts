// The schemas of the state branch's files, ready to ask.
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import reportSchema from "../../schemas/report.schema.json" with { type: "json" };
import monitorSchema from "../../schemas/state.schema.json" with { type: "json" };
import historySchema from "../../schemas/state-history.schema.json" with { type: "json" };
import runsSchema from "../../schemas/state-runs.schema.json" with { type: "json" };
import systemSchema from "../../schemas/state-system.schema.json" with { type: "json" };
import type { Report } from "../core/generated/report.ts";
import type { Incident, MonitorHistory, MonitorRuns, MonitorState } from "../core/telling/state.ts";

export interface StateSchemas {
  readonly monitor: () => ValidateFunction<MonitorState>;
  readonly report: () => ValidateFunction<Report>;
  readonly history: () => ValidateFunction<MonitorHistory>;
  readonly runs: () => ValidateFunction<RunsFile>;
  /** Beside the incidents' keys stands `schema_version`. */
  readonly system: () => ValidateFunction<Readonly<Record<string, Incident>>>;
}

/** runs.json */
export interface RunsFile {
  readonly schema_version: number;
  readonly generation: number;
  readonly root?: string;
  readonly monitors: Readonly<Record<string, MonitorRuns>>;
}

let schemas: StateSchemas | undefined;

/** Compiles each schema at its first call. */
export function stateSchemas(): StateSchemas {
  schemas ??= compiler();
  return schemas;
}

/** The first thing that is wrong, in words: `alerts/0/state must be equal to one of the allowed values`. */
export function firstError(errors: readonly ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  if (error === undefined) return "is not as its schema says";
  const where = error.instancePath === "" ? "" : `${error.instancePath.slice(1)} `;
  return `${where}${error.message ?? "is wrong"}`;
}

function compiler(): StateSchemas {
  const ajv = new Ajv2020({
    allErrors: false,
    allowUnionTypes: true,
    strictTuples: false,
    // Every start compiles: without these two it takes half of the time. That the schemas are schemas is tested.
    validateSchema: false,
    code: { optimize: false },
  });
  formatsPlugin.default(ajv);
  // ajv keeps what it has compiled of a schema.
  return {
    monitor: () => ajv.compile<MonitorState>(monitorSchema),
    report: () => ajv.compile<Report>(reportSchema),
    history: () => ajv.compile<MonitorHistory>(historySchema),
    runs: () => ajv.compile<RunsFile>(runsSchema),
    system: () => ajv.compile<Readonly<Record<string, Incident>>>(systemSchema),
  };
}
