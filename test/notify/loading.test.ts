import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

it("a run that tells nobody loads neither nodemailer nor templates", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: {
      contents:
        'export { createEmailChannel, createAdminChannel } from "./src/notify/email/channel.ts"; export { createMailSender } from "./src/notify/email/send.ts";',
      resolveDir: root,
      sourcefile: "entry.ts",
    },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    outdir: "out",
    metafile: true,
    write: false,
  });
  const outputs = Object.entries(metafile.outputs);
  const entry = outputs.find(([, output]) => output.entryPoint === "entry.ts");
  expect(entry).toBeDefined();
  const direct = new Set([entry?.[0]]);
  for (const path of direct)
    for (const one of metafile.outputs[path ?? ""]?.imports ?? [])
      if (one.kind === "import-statement") direct.add(one.path);
  const loaded = outputs.filter(([path]) => direct.has(path)).flatMap(([, output]) => Object.keys(output.inputs));
  const all = outputs.flatMap(([, output]) => Object.keys(output.inputs));
  const heavy = /nodemailer|mustache|generated\/report\.ts|texts-|undici|email\/token\.ts/;
  expect(all.some((input) => heavy.test(input))).toBe(true);
  expect(loaded.filter((input) => heavy.test(input))).toEqual([]);
  // MJML is for building only.
  expect(all.filter((input) => /node_modules\/mjml/.test(input))).toEqual([]);
});

it("the compiled templates are what their MJML says", async () => {
  const script = join(root, "scripts/generate.ts");
  await promisify(execFile)(process.execPath, [script, "--check"], { cwd: root });
});
