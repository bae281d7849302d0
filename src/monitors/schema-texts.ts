import configSchema from "../../schemas/config.schema.json" with { type: "json" };
import monitorSchema from "../../schemas/monitor.schema.json" with { type: "json" };

/** The schemas as files, for editors. */
export function schemaTexts(): Readonly<Record<string, string>> {
  const text = (schema: unknown) => `${JSON.stringify(schema, null, 2)}\n`;
  return { "config.schema.json": text(configSchema), "monitor.schema.json": text(monitorSchema) };
}
