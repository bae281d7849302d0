import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generate } from "../../src/app/generate.ts";
import { validate } from "../../src/app/validate.ts";
import { formatProblem } from "../../src/core/problem.ts";
import { readMonitors } from "../../src/monitors/read.ts";
import { NOW } from "../monitors/folder.ts";

const PINNED = `acme/partwatch@${"a".repeat(40)} # v1`;
const monitor = (cron: string) =>
  `name: Board\ncron_schedule: "${cron}"\nparts: [{ pk: 1, quantity: 1 }]\nrecipients: [stock@example.com]\n`;

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "partwatch-problems-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** GitHub's expressions, which look like ours. */
function expressions(text: string): string {
  return text.replaceAll("<<", "$\u007b{").replaceAll(">>", "}}");
}

/** What both commands say, which has to be the same. */
async function said(): Promise<readonly string[]> {
  const read = await readMonitors({ root, now: NOW });
  const validated = validate({ root, read, renames: [], template: [] }).map(formatProblem);
  const generated = (await generate({ root, check: true, ...read })).problems.map(formatProblem);
  expect(validated).toEqual(generated);
  return validated;
}

describe("what is wrong with the workflows is said by validate and generate alike, at its line", () => {
  it("of partwatch.yaml: actions, crons, steps", async () => {
    await put({
      "monitors/a.yaml": monitor("7 7 * * *"),
      "partwatch.yaml": `timezone: UTC
workflow:
  action: "foo"
  steps_before:
    - uses: acme/vpn@main
    - name: Nothing
schedule:
  mode: tick
  tick: "7,9 * * * *"
  catch_up: "0 6 * * *"
`,
    });
    expect(await said()).toEqual([
      expect.stringMatching(/^partwatch\.yaml:9:9 schedule\.tick: "7,9 \* \* \* \*" asks for starts 2 minutes apart/),
      expect.stringMatching(/^warning: partwatch\.yaml:10:13 schedule\.catch_up: "0 6 \* \* \*" starts at minute 0/),
      expect.stringMatching(/^partwatch\.yaml:3:11 workflow\.action: "foo" is not an action/),
      expect.stringMatching(/^warning: partwatch\.yaml:5:13 workflow\.steps_before\[0\]\.uses: "acme\/vpn@main" can/),
      expect.stringMatching(/^partwatch\.yaml:6:7 workflow\.steps_before\[1\]: a step has either uses or run/),
    ]);
  });

  it("on one line, whatever partwatch.yaml has in it", async () => {
    const action = '"\\e[31mred\\r\\n::error::not\\u2028ours"';
    await put({ "monitors/a.yaml": monitor("7 7 * * *"), "partwatch.yaml": `workflow:\n  action: ${action}\n` });
    const [problem = "", ...others] = await said();
    expect(others).toEqual([]);
    expect(problem).toContain('"\ufffd[31mred\ufffd\ufffd::error::not\ufffdours" is not an action');
  });

  it("of a monitor whose cron GitHub serves badly, and of an action that nobody has chosen", async () => {
    await put({ "monitors/a.yaml": monitor("0 7 * * *"), "partwatch.yaml": "workflow:\n  timeout_minutes: 20\n" });
    expect(await said()).toEqual([
      expect.stringMatching(/^warning: monitors\/a\.yaml:2:16 cron_schedule: "0 7 \* \* \*" starts at minute 0/),
      expect.stringMatching(/^warning: partwatch\.yaml:2:3 workflow\.action: is not set/),
    ]);
  });

  it("but does not say that something is missing that stands in a section which is broken", async () => {
    await put({
      "monitors/a.yaml": monitor("7 7 * * *"),
      "partwatch.yaml": `workflow:\n  action: "${PINNED}"\n  timeout_minutes: soon\n`,
    });
    expect(await said()).toEqual([expect.stringMatching(/^partwatch\.yaml:3:20 workflow\.timeout_minutes: /)]);
  });
});

describe("where no workflow is wanted", () => {
  it("validate does not speak of GitHub", async () => {
    await put({ "monitors/a.yaml": monitor("0 7 * * *"), "partwatch.yaml": "timezone: UTC\n" });
    const read = await readMonitors({ root, now: NOW });
    expect(validate({ root, read, renames: [], template: [] })).toEqual([]);
    await put({ ".github/workflows/partwatch.yml": "on: push\n" });
    expect(validate({ root, read, renames: [], template: [] }).map(({ path }) => path)).toEqual([
      "cron_schedule",
      "workflow.action",
    ]);
  });
});

describe("a step that puts the words of others into a script", () => {
  it.each([
    ["run: 'echo \"<< github.event.head_commit.message >>\"'", "run", "<< github.event.head_commit.message >>"],
    ["run: echo <<github.head_ref>>", "run", "<<github.head_ref>>"],
    ["run: echo << format('{0}', inputs.monitor) >>", "run", "<< format('{0}', inputs.monitor) >>"],
    ["run: echo << toJSON(github) >>", "run", "<< toJSON(github) >>"],
    ["run: echo << github['event']['action'] >>", "run", "<< github['event']['action'] >>"],
    [
      `uses: "${PINNED}"\n      with: { script: "x(<< github.event.issue.title >>)" }`,
      "with.script",
      "<< github.event",
    ],
  ])("is warned of: %s", async (step, at, expression) => {
    await put({
      "partwatch.yaml": `workflow:\n  action: "${PINNED}"\n  steps_before:\n    - ${expressions(step)}\n`,
      "monitors/a.yaml": monitor("7 7 * * *"),
    });
    const [warning, ...more] = await said();
    expect(warning).toContain(`workflow.steps_before[0].${at}: ${expressions(expression)}`);
    expect(warning).toMatch(/^warning: partwatch\.yaml:[45]:\d+ .* in env/);
    expect(more).toEqual([]);
  });

  it.each([
    "run: echo << github.sha >> << github.event_name >> << github.ref_type >>",
    "run: echo << secrets.VPN_KEY >> << runner.temp >>",
    "run: echo << contains('github.event', 'x') >>",
    'run: \'echo "$TITLE"\'\n      env: { TITLE: "<< github.event.head_commit.message >>" }',
  ])("is no such step: %s", async (step) => {
    await put({
      "partwatch.yaml": `workflow:\n  action: "${PINNED}"\n  steps_before:\n    - ${expressions(step)}\n`,
      "monitors/a.yaml": monitor("7 7 * * *"),
    });
    expect(await said()).toEqual([]);
  });
});
