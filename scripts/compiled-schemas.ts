// The schemas as finished code in the bundles: to compile them took a fifth of every start, and Ajv itself stays out.
import { join } from "node:path";
import type { AnySchemaObject, CodeOptions } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import type { Plugin } from "esbuild";
import * as monitors from "../src/monitors/compiler.ts";
import * as state from "../src/state/compiler.ts";

const root = join(import.meta.dirname, "..");
const CODE: CodeOptions = { source: true, esm: true };

/** Puts what the compilers make in the place of the modules that call them. */
export const compiledSchemas: Plugin = {
  name: "compiled-schemas",
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]monitors[\\/]validators\.ts$/ }, () =>
      module(monitors, { schema: (schema) => schema, code: (code) => code }),
    );
    build.onLoad({ filter: /[\\/]src[\\/]state[\\/]validators\.ts$/ }, () =>
      module(state, { schema: withoutWords, code: withoutCauses }),
    );
  },
};

type Compiler = typeof monitors | typeof state;

interface Shape {
  readonly schema: (schema: AnySchemaObject) => AnySchemaObject;
  readonly code: (code: string) => string;
}

function module({ SCHEMAS, schemaCompiler }: Compiler, shape: Shape) {
  const schemas = Object.entries(SCHEMAS);
  const ids = schemas.map(([name, { $id }]) => [exported(name), $id]);
  const compiler = schemaCompiler(CODE, Object.values(SCHEMAS).map(shape.schema));
  const code = shape.code(standaloneCode.default(compiler, Object.fromEntries(ids)));
  const functions = schemas.map(([name]) => `export const ${name} = () => ${exported(name)};`);
  return { contents: `${code}\n${functions.join("\n")}\n`, resolveDir: root };
}

/** Nobody reads the descriptions of the state's files out of the bundle. */
function withoutWords(schema: AnySchemaObject): AnySchemaObject {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    ["title", "description"].includes(key) && typeof value === "string" ? undefined : value,
  );
}

/** What parse.ts says of a broken file is where and what; which rule of the schema said so is 50 kB of the action. */
function withoutCauses(code: string): string {
  const left = code.replace(/schemaPath:"[^"]*",keyword:"[^"]*",params:\{(?:"(?:[^"\\]|\\.)*"|[^{}"])*\},/g, "");
  // Which object a value stands in is for keywords of one's own.
  const alone = left.replace(/,\s*parentData:\s*\w+,\s*parentDataProperty:\s*(?:"(?:[^"\\]|\\.)*"|\w+)/g, "");
  if (/schemaPath:|parentData:/.test(alone)) throw new Error("The checks of the state are written in another way now.");
  return alone;
}

/** What the function of that name returns. */
function exported(name: string): string {
  return `validates_${name}`;
}
