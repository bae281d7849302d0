// The style sheet and the script of the pages, small, as texts in a module: so they are in the bundle.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { put, root } from "./generated.ts";

const ASSETS = [
  { file: "app.css", name: "appStyle", loader: "css" },
  { file: "app.js", name: "appScript", loader: "js" },
  { file: "ui.css", name: "uiStyle", loader: "css" },
  { file: "ui.js", name: "uiScript", loader: "js" },
] as const;

/** Writes src/pages/generated/assets.ts. */
export async function writePageAssets(): Promise<void> {
  const texts = await Promise.all(ASSETS.map(moduleText));
  const banner = "// Generated from src/pages/assets/ by npm run generate.";
  await put("src/pages/generated/assets.ts", `${banner}\n${texts.join("")}`);
}

async function moduleText({ file, name, loader }: (typeof ASSETS)[number]): Promise<string> {
  const source = await readFile(join(root, "src/pages/assets", file), "utf8");
  const { code } = await transform(source, {
    loader,
    minify: true,
    target: ["es2022", "chrome120", "firefox121", "safari17"],
  });
  return `export const ${name} = ${JSON.stringify(code)};\n`;
}
