import { Ajv2020, type AnySchemaObject, type CodeOptions } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import reportSchema from "../../schemas/report.schema.json" with { type: "json" };
import monitorSchema from "../../schemas/state.schema.json" with { type: "json" };
import historySchema from "../../schemas/state-history.schema.json" with { type: "json" };
import ordersSchema from "../../schemas/state-orders.schema.json" with { type: "json" };
import outlookSchema from "../../schemas/state-outlook.schema.json" with { type: "json" };
import runsSchema from "../../schemas/state-runs.schema.json" with { type: "json" };
import systemSchema from "../../schemas/state-system.schema.json" with { type: "json" };

/** By the names of the functions in validators.ts. */
export const SCHEMAS = {
  stateValidator: monitorSchema,
  reportValidator: reportSchema,
  historyValidator: historySchema,
  runsValidator: runsSchema,
  systemValidator: systemSchema,
  ordersValidator: ordersSchema,
  outlookValidator: outlookSchema,
};

/** Compiles the schemas of the state's files: where the sources run, when they are asked; for the bundle, when it is built. */
export function schemaCompiler(
  code: CodeOptions,
  schemas: readonly AnySchemaObject[] = Object.values(SCHEMAS),
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: false,
    allowUnionTypes: true,
    strictTuples: false,
    inlineRefs: false,
    // That the schemas are schemas is tested.
    validateSchema: false,
    code,
  });
  // Of no schema here anything is said by what others have not evaluated, or by dynamic references: a fifth of the code.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false });
  formatsPlugin.default(ajv, ["date", "date-time"]);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}
