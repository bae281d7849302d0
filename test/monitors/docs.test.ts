import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCron } from "../../src/core/schedule/cron.ts";
import { fileNameFor } from "../../src/core/settings/monitor-id.ts";
import { readFiles } from "./folder.ts";

const page = (name: string) => readFile(join(import.meta.dirname, "../../docs", name), "utf8");

/** The fences of a page in that language. */
function fences(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, body = ""]) => body);
}

test("the lists and the configuration that the docs show are valid", async () => {
  const names = ["monitors.md", "configuration.md", "plans.md"];
  const [lists = "", configurations = "", plans = ""] = await Promise.all(names.map(page));
  const [list = ""] = fences(lists, "yaml");
  const [plan = ""] = fences(plans, "yaml");
  const [configuration = ""] = fences(configurations, "yaml");
  const { problems, monitors } = await readFiles({
    "partwatch.yaml": configuration,
    "monitors/sensor-board.yaml": list,
    "monitors/cable-set.yaml": list,
    "monitors/plan.yaml": plan,
  });
  expect(problems).toEqual([]);
  expect(monitors.map(({ plan: of }) => of?.members.length)).toEqual([undefined, 2, undefined]);
});

test("the list that the page for the browser shows is valid, silences included", async () => {
  const [list = "", silences = "", ...more] = fences((await page("lists.md")).replaceAll(/^ {2,3}/gm, ""), "yaml");
  expect(more).toEqual([]);
  const { problems, monitors } = await readFiles({ "monitors/a.yaml": list + silences });
  expect(problems).toEqual([]);
  expect(monitors[0]?.silences).toHaveLength(1);
});

test("the crons that the docs explain are crons", async () => {
  const text = await page("monitors.md");
  const crons = [...text.matchAll(/^\| `([^`|]+)` \| at /gm)].map(([, cron = ""]) => cron);
  expect(crons).toHaveLength(4);
  expect(crons.map((cron) => parseCron(cron).kind)).toEqual(["cron", "cron", "cron", "cron"]);
});

test.each([
  ["Sensor board, next 25", "sensor-board-next-25.yaml"],
  ["Gehäuse: GROSS & schön", "gehaeuse-gross-schoen.yaml"],
  ["Straße Ærø", "strasse-aeroe.yaml"],
  ["  été/..\\  ", "ete.yaml"],
  ["System", "system-monitor.yaml"],
  ["日本", "monitor.yaml"],
  ["x".repeat(100), `${"x".repeat(64)}.yaml`],
])("a list called %s goes into %s", (name, file) => {
  expect(fileNameFor(name)).toBe(file);
});
