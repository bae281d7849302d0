import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import PostalMime from "postal-mime";
import { expect, it } from "vitest";
import { openWorkspace } from "../support/workspace.ts";

it("shows a week with the sample product without any configuration, and says where everything is", async () => {
  await using workspace = await openWorkspace({ files: {} });
  const out = join(workspace.root, "week");
  const bare = { INVENTREE_URL: undefined, INVENTREE_API_TOKEN: undefined, EMAIL_SMTP_SERVER: undefined };
  const run = await workspace.partwatch(["demo", "--out", out], { env: bare });
  expect(run).toMatchObject({ code: 0, stderr: "" });
  const mails = join(out, "mails");
  const names = (await readdir(mails)).sort();
  const emls = names.filter((name) => name.endsWith(".eml"));
  expect(names.filter((name) => name.endsWith(".html"))).toEqual(emls.map((name) => name.replace(/eml$/, "html")));
  for (const text of [mails, join(out, "repository"), ...emls.map((name) => join(mails, name))])
    expect(run.outText).toContain(text);
  const parsed = await Promise.all(emls.map(async (name) => PostalMime.parse(await readFile(join(mails, name)))));
  expect(parsed.map(({ subject }) => subject)).toEqual([
    "[Partwatch] Sensor board, next 25: parts short",
    "[Partwatch] Sensor board, next 25: parts short",
    expect.stringContaining("InvenTree is unreachable"),
    expect.stringContaining("InvenTree is reachable again"),
  ]);
  expect(parsed[1]?.text).toMatch(/^new +Capacitor 100 nF 0402 /m);
  expect(parsed[1]?.text).toMatch(/^resolved +STM32U575CIT6 /m);
  const log = ["-C", join(out, "repository"), "log", "--format=%h %s", "partwatch-state"];
  const { stdout } = await promisify(execFile)("git", log);
  const mornings = run.stdout.match(/^(Monday|Tuesday|Wednesday|Thursday|Thursday noon|Friday): /gm) ?? [];
  // A morning on which a mail goes out has claimed it before.
  const claims = stdout.match(/ Notify /g) ?? [];
  expect(claims).toHaveLength(parsed.length);
  expect(stdout.trim().split("\n")).toHaveLength(mornings.length + claims.length);
  expect(run.outText).toContain(stdout.trim());
  const long = run.stdout.split("\n").filter((line) => [...line].length > 80);
  expect(long.filter((line) => !line.includes(out) && !line.includes("[GET]"))).toEqual([]);
  const again = await workspace.partwatch(["demo", "--out", out], { env: bare });
  expect(again).toMatchObject({ code: 1, errText: expect.stringContaining("is not empty") });
});
