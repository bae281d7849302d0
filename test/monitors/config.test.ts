import { expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { GOOD, readFiles } from "./folder.ts";

test("without partwatch.yaml, and with an empty one, everything is as documented", async () => {
  const without = await readFiles({ "monitors/a.yaml": GOOD });
  const empty = await readFiles({ "monitors/a.yaml": GOOD, "partwatch.yaml": "# nothing yet\n" });
  expect(without.config).toEqual(empty.config);
  expect(empty.problems).toEqual([]);
  expect(without.config).toMatchObject({
    monitorDefaults: { timezone: "UTC", language: "en", notify_condition: "on_change", recipients: [] },
    allowedRecipients: [],
    limits: { monitors: 500, parts: 1000, minIntervalMs: 15 * 60_000 },
    state: { branch: "partwatch-state" },
  });
});

test("what partwatch.yaml says is what counts", async () => {
  const { config, problems } = await readFiles({
    "partwatch.yaml": `limits: { monitors: 20, parts: 30, min_interval: 1h }
state: { branch: state/partwatch }
inventree: { page_size: 100, max_concurrency: 2, max_requests: 50, request_timeout: 10, time_budget: 60 }
mail: { sender_name: Lager, rows: 20 }
allowed_recipients: [Example.com]
`,
  });
  expect(problems.filter(({ severity }) => severity !== "warning")).toEqual([]);
  expect(config).toMatchObject({
    limits: { monitors: 20, parts: 30, minIntervalMs: 3_600_000 },
    state: { branch: "state/partwatch" },
    inventree: { pageSize: 100, maxConcurrency: 2, maxRequests: 50, requestTimeoutMs: 10_000, timeBudgetMs: 60_000 },
    mail: { senderName: "Lager", rows: 20 },
    allowedRecipients: ["example.com"],
  });
});

test("lead times are whole days of 0 to 3650", async () => {
  const text = `lead_times: { default: -1, suppliers: { Mouser: 2w }, parts: { IC-1: 1.5 }, build: 9999, days: 3 }\n`;
  const { problems } = await readFiles({ "partwatch.yaml": text, "monitors/a.yaml": GOOD });
  expect(problems.map(formatProblem)).toEqual([
    "partwatch.yaml:1:24 lead_times.default: must be at least 0, not -1.",
    'partwatch.yaml:1:49 lead_times.suppliers.Mouser: must be a whole number, not "2w"; where days are meant, write 14.',
    "partwatch.yaml:1:70 lead_times.parts.IC-1: must be a whole number, not 1.5.",
    "partwatch.yaml:1:84 lead_times.build: must be at most 3650, not 9999.",
    expect.stringContaining("lead_times.days: is not known here; known are default, suppliers, parts, build."),
  ]);
  const right = "lead_times: { parts: { 12: 3 } }\norder_soon: 2w\n";
  const good = await readFiles({ "partwatch.yaml": right, "monitors/a.yaml": GOOD });
  expect(good.problems).toEqual([]);
  expect(good.config.monitorDefaults).toMatchObject({ lead_times: { parts: { "12": 3 } }, order_soon_days: 14 });
});

test.each([
  ["limits: { run_time: 13m }\n", "partwatch.yaml:1:21 limits.run_time: a run takes up to 13m"],
  ["workflow: { timeout_minutes: 14 }\n", "partwatch.yaml:1:30 workflow.timeout_minutes: a run takes up to 12m"],
])("a workflow that ends before a run has recorded what it sent is refused: %s", async (text, words) => {
  const { problems } = await readFiles({ "partwatch.yaml": text, "monitors/a.yaml": GOOD });
  expect(problems.map(formatProblem)).toEqual([expect.stringContaining(words)]);
});

test("a longer run is allowed with a longer time-out", async () => {
  const text = "limits: { run_time: 25m }\nworkflow: { timeout_minutes: 28 }\n";
  const { problems, config } = await readFiles({ "partwatch.yaml": text, "monitors/a.yaml": GOOD });
  expect(problems).toEqual([]);
  expect(config.limits.runTimeMs).toBe(25 * 60_000);
});

test("a broken partwatch.yaml is told line by line, nothing runs by defaults instead, and lists are looked at all the same", async () => {
  const { problems, monitors, broken, config } = await readFiles({
    "partwatch.yaml": `timezone: Mars/Olympus
limits:
  min_interval: 4m
  mointors: 3
allowed_recipients: ["@example.com"]
state: { branch: a..b }
schedule: { tick: "0 24 * * *", catch_up: off }
language: fr
mail: { sender_name: Lager }
`,
    "monitors/a.yaml": GOOD,
    "monitors/b.yaml": GOOD.replace("25 }", "0 }"),
  });
  expect(problems.map(formatProblem)).toEqual([
    'partwatch.yaml:1:11 timezone: "Mars/Olympus" is not an IANA time zone; use a name as Europe/Berlin or UTC.',
    "partwatch.yaml:3:17 limits.min_interval: 4m is too short; 5 minutes are the least.",
    "partwatch.yaml:4:3 limits.mointors: is not known here; did you mean monitors?",
    'partwatch.yaml:5:22 allowed_recipients[0]: "@example.com" is not a valid domain; write example.com.',
    'partwatch.yaml:6:18 state.branch: "a..b" is not a branch name that Git allows.',
    'partwatch.yaml:7:19 schedule.tick: "0 24 * * *": hour must be 0-23.',
    'partwatch.yaml:8:11 language: "fr" is not possible here; use one of en, de.',
    "monitors/b.yaml:5:49 parts[0].quantity: must be above 0, not 0.",
  ]);
  expect(monitors).toEqual([]);
  expect(broken.map(({ file }) => file)).toEqual(["partwatch.yaml", "monitors/b.yaml"]);
  expect(config.mail.senderName).toBe("Lager");
});

test.each([
  ["timezone: Mars/Olympus", 'timezone: "Mars/Olympus" is not an IANA time zone'],
  ["limits: { min_interval: 4m }", "limits.min_interval: 4m is too short; 5 minutes are the least."],
  [
    'allowed_recipients: ["@example.com"]',
    'allowed_recipients[0]: "@example.com" is not a valid domain; write example.com.',
  ],
  ["state: { branch: a..b }", 'state.branch: "a..b" is not a branch name that Git allows.'],
  ["state: { branch: a/b.lock }", 'state.branch: "a/b.lock" is not a branch name that Git allows.'],
  ["timezone: PST", 'timezone: "PST" is not an IANA time zone; '],
  ['schedule: { tick: "0 24 * * *" }', 'schedule.tick: "0 24 * * *": hour must be 0-23.'],
  ["recipients: [nobody]", 'recipients[0]: "nobody" is not a valid mail address'],
  ["- a", "the file must consist of fields"],
  ["timezone: [", "1:11: the bracket [ that begins here is never closed"],
])("%s in partwatch.yaml is a problem", async (text, message) => {
  const { problems, monitors } = await readFiles({ "partwatch.yaml": `${text}\n`, "monitors/a.yaml": GOOD });
  expect(problems).toHaveLength(1);
  expect(problems.map(formatProblem)[0]).toContain(message);
  expect(problems[0]).toMatchObject({ file: "partwatch.yaml", line: expect.any(Number), column: expect.any(Number) });
  expect(monitors).toEqual([]);
});

test("a partwatch.yml that nobody would read is told", async () => {
  const { problems } = await readFiles({ "partwatch.yml": "timezone: UTC\n", "monitors/a.yaml": GOOD });
  expect(problems.map(formatProblem)).toEqual(["partwatch.yml:1:1: is not read; rename it to partwatch.yaml."]);
});

test("a template of one's own is for one list: mail.combine beside it is warned of, and the lists are well", async () => {
  const text = "mail: { combine: true, template: own.mjml }\n";
  const { problems, monitors, broken } = await readFiles({ "partwatch.yaml": text, "monitors/a.yaml": GOOD });
  expect(problems).toMatchObject([{ file: "partwatch.yaml", line: 1, path: "mail.combine", severity: "warning" }]);
  expect([monitors.length, broken.length]).toEqual([1, 0]);
});

test("a digest needs a cron, and the lists in it a digest", async () => {
  const list = `${GOOD}notify_condition: digest\n`;
  const words = async (files: Readonly<Record<string, string>>) => (await readFiles(files)).problems.map(formatProblem);
  const missing = "is digest, but partwatch.yaml does not say when the digest is sent; add there, say,";
  expect(await words({ "monitors/a.yaml": list })).toEqual([
    expect.stringMatching(`^monitors/a.yaml:8:19 notify_condition: ${missing}`),
  ]);
  expect(await words({ "partwatch.yaml": "notify_condition: digest\n", "monitors/a.yaml": GOOD })).toEqual([
    expect.stringMatching(`^partwatch.yaml:1:19 notify_condition: ${missing}`),
  ]);
  // The list has nothing to do with it.
  expect(await words({ "partwatch.yaml": 'digest: "0 24 * * 1"\n', "monitors/a.yaml": list })).toEqual([
    'partwatch.yaml:1:9 digest: "0 24 * * 1": hour must be 0-23.',
  ]);
  const config = 'timezone: Europe/Berlin\ndigest: "10 7 * * MON"\n';
  const { monitors, problems } = await readFiles({
    "partwatch.yaml": config,
    "monitors/a.yaml": list,
    "monitors/b.yaml": GOOD,
  });
  expect(problems).toEqual([]);
  expect(monitors.map(({ digest }) => digest)).toEqual([{ cron: "10 7 * * MON", timezone: "Europe/Berlin" }, null]);
});
