import { Ajv2020, type AnySchemaObject, type CodeOptions } from "ajv/dist/2020.js";
import formatsPlugin from "ajv-formats";
import configSchema from "../../schemas/config.schema.json" with { type: "json" };
import monitorSchema from "../../schemas/monitor.schema.json" with { type: "json" };

/** By the names of the functions in validators.ts. */
export const SCHEMAS = { monitorValidator: monitorSchema, configValidator: configSchema };

/** Compiles the schemas of people's files: at run time from the sources, at build time for the bundle. */
export function schemaCompiler(
  code: CodeOptions,
  schemas: readonly AnySchemaObject[] = Object.values(SCHEMAS),
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    inlineRefs: false,
    // sentences.ts has better messages.
    messages: false,
    // A test validates the schemas themselves.
    validateSchema: false,
    code,
  });
  formatsPlugin.default(ajv, ["date"]);
  ajv.addVocabulary(["x-fix"]);
  // config.schema.json refers to the other one.
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}
