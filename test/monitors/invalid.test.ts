import { expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { GOOD, problemsOf, readFiles } from "./folder.ts";

test("a bad cron is named at its line and column, with what it must be", async () => {
  const text = `# A list.\n#\n#\n#\n#\n${GOOD.replace("10 7 * * 1-5", "61 7 * * *")}`;
  expect(await problemsOf(text)).toEqual(['monitors/a.yaml:7:16 cron_schedule: "61 7 * * *": minute must be 0-59.']);
});

test("all problems of a file are told at once, in its order", async () => {
  const text = `name: Sensor board
cron_schedule: "0 24 * * *"
timezone: Europe/Berlim
parts:
  - { name: Sensor Board, quantity: 0 }
  - { name: Sensor Board, quantity: -1 }
  - { name: Sensor Board, quantity: .inf }
  - { name: Sensor Board, quantity: 1e400 }
  - { name: Sensor Board, quantity: .nan }
  - { name: Sensor Board, quantity: "5" }
  - { name: Sensor Board, quantity: five }
  - { name: Sensor Board, quantity: 0.000001 }
  - { name: Sensor Board, quantity: 20000000000 }
  - { name: 4711, version: 1.10, quantity: 1 }
  - { quantity: 1 }
  - { name: Sensor Board }
recipents: [stock@example.com]
recipients: [stock@example.com, Stock <a@example.com>, nobody]
notify_condition: onchange
active: yes
last_hash: 0123
`;
  expect(await problemsOf(text)).toEqual([
    'monitors/a.yaml:2:16 cron_schedule: "0 24 * * *": hour must be 0-23.',
    'monitors/a.yaml:3:11 timezone: "Europe/Berlim" is not an IANA time zone; did you mean Europe/Berlin?',
    "monitors/a.yaml:5:37 parts[0].quantity: must be above 0, not 0.",
    "monitors/a.yaml:6:37 parts[1].quantity: must be above 0, not -1.",
    "monitors/a.yaml:7:37 parts[2].quantity: must be a finite number.",
    "monitors/a.yaml:8:37 parts[3].quantity: must be a finite number.",
    "monitors/a.yaml:9:37 parts[4].quantity: must be a finite number.",
    "monitors/a.yaml:10:37 parts[5].quantity: must be a number; write 5 without quotes.",
    'monitors/a.yaml:11:37 parts[6].quantity: must be a number, not "five"; write digits, as in 25.',
    "monitors/a.yaml:12:37 parts[7].quantity: 0.000001 has more than five decimals; InvenTree counts in five.",
    "monitors/a.yaml:13:37 parts[8].quantity: must be at most 10000000000, not 20000000000.",
    'monitors/a.yaml:14:13 parts[9].name: must be a text; write it in quotes: "4711".',
    'monitors/a.yaml:14:28 parts[9].version: must be a text; write it in quotes: "1.10".',
    "monitors/a.yaml:15:5 parts[10]: names no part; add name, ipn or pk.",
    "monitors/a.yaml:16:5 parts[11].quantity: is missing; add it.",
    "monitors/a.yaml:17:1 recipents: is not known here; did you mean recipients?",
    'monitors/a.yaml:18:33 recipients[1]: "Stock <a@example.com>" has a name beside the address; write a@example.com alone.',
    'monitors/a.yaml:18:56 recipients[2]: "nobody" is not a valid mail address; write it as stock@example.com.',
    'monitors/a.yaml:19:19 notify_condition: "onchange" is not possible here; did you mean on_change? (on_change, always, digest)',
    'monitors/a.yaml:20:9 active: must be true or false, not "yes"; write true.',
    "monitors/a.yaml:21:1 last_hash: lives in the state, never in a monitor; delete the line.",
  ]);
});

test("a day that is none is refused, one that has passed is a warning, each at its place", async () => {
  const text = `${GOOD}needed_by: 2027-02-30\norder_soon: 5\n`;
  const line = GOOD.split("\n").length;
  expect(await problemsOf(text)).toEqual([
    `monitors/a.yaml:${line}:12 needed_by: "2027-02-30" is not a calendar day; write it as 2026-12-31.`,
    `monitors/a.yaml:${line + 1}:13 order_soon: 5 is not a number of days; write it as 5d or 2w.`,
  ]);
  expect(await problemsOf(`${GOOD}order_soon: 3h\n`)).toEqual([
    `monitors/a.yaml:${line}:13 order_soon: "3h" is not a number of days; write it as 5d or 2w.`,
  ]);
  const { monitors, problems } = await readFiles({ "monitors/a.yaml": `${GOOD}needed_by: 2020-01-31\n` });
  expect(monitors.map(({ needed_by, parts }) => [needed_by, parts[0]?.needed_by])).toEqual([
    ["2020-01-31", "2020-01-31"],
  ]);
  expect(problems.map((problem) => [problem.severity, formatProblem(problem)])).toEqual([
    ["warning", expect.stringContaining(`:${line}:12 needed_by: 2020-01-31 has passed: everything`)],
  ]);
});

test("a bad file never stops the good ones, and the problems of all files are told", async () => {
  const { monitors, broken, problems } = await readFiles({
    "monitors/a.yaml": "name: [",
    "monitors/b.yaml": GOOD,
    "monitors/c.yaml": GOOD.replace("25 }", "0 }"),
  });
  expect(monitors.map(({ id }) => id)).toEqual(["b"]);
  expect(broken.map(({ file, id, name }) => ({ file, id, name }))).toEqual([
    { file: "monitors/a.yaml", id: "a", name: undefined },
    { file: "monitors/c.yaml", id: "c", name: "Sensor board, next 25" },
  ]);
  expect(problems.map(({ file, line }) => `${file}:${line}`)).toEqual(["monitors/a.yaml:1", "monitors/c.yaml:5"]);
});

const WRONG: readonly [string, string, string][] = [
  ["an empty parts list", "parts: []", "parts: the list is empty; add an entry or leave the line out."],
  ["neither parts nor watch", "description: x", "names nothing to check; add parts"],
  [
    "a silence on a day that there is not",
    "silences: [{ until: 2026-02-30, reason: x }]",
    '"2026-02-30" is not a calendar day',
  ],
  ["a silence without end", "silences: [{ reason: x }]", "silences[0].until: is missing."],
  ["a silence of two things", "silences: [{ until: 2026-12-30, reason: x, part: 1, category: 2 }]", "two silences"],
  ["a watch rule of two things", "watch: [{ part: 1, all: true }]", "watch[0]: must have exactly one of"],
  ["a watch rule of nothing", "watch: [{ minimum: 1 }]", "watch[0]: must have exactly one of"],
  ["a minimum that is finer than stock", "watch: [{ part: 1, minimum: 0.1234567 }]", "watch[0].minimum: 0.1234567 has"],
  ["a duration of words", "remind_after: 7 days or so", '"7 days or so" is no duration; write a number and a unit'],
  ["an instance that nobody knows", "instance: lab", 'partwatch.yaml knows no instance "lab"'],
  ["a reserved id", "id: system", '"system" is a name that the state branch uses itself'],
  ["an id with a capital", "id: Lager", '"Lager" is not a valid id'],
  ["a merge key", "<<: { a: 1 }", "merge keys are not part of YAML 1.2"],
  ["a policy that there is not", "policy: { demand: all }", 'policy.demand: "all" is not possible here'],
];

test.each(WRONG)("%s is a problem in words", async (_what, line, message) => {
  const base = line.startsWith("parts") || line === "description: x" ? GOOD.replace(/parts:\n.*\n.*\n/, "") : GOOD;
  const problems = await problemsOf(`${base}${line}\n`);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
  expect(problems[0]).toMatch(/^monitors\/a\.yaml:\d+:\d+[: ]/);
});

test("what is missing is told with its meaning, where the file begins", async () => {
  const [first, second, ...rest] = await problemsOf("parts: [{ pk: 1, quantity: 1 }]\nrecipients: [a@example.com]\n");
  expect(first).toBe(
    "monitors/a.yaml:1:1 name: is missing. What people call this list; it is the subject of its mails.",
  );
  expect(second).toMatch(
    /^monitors\/a\.yaml:1:1 cron_schedule: is missing\. When it is checked: a cron of five fields/,
  );
  expect(rest).toEqual([]);
});

test("somebody has to be told", async () => {
  const nobody = "nobody would be notified; add addresses, as in recipients: [stock@example.com].";
  expect(await problemsOf(GOOD.replace("[stock@example.com]", "[]"))).toEqual([
    `monitors/a.yaml:7:13 recipients: ${nobody}`,
  ]);
  expect(await problemsOf(GOOD.replace("recipients: [stock@example.com]", ""))).toEqual([
    `monitors/a.yaml:1:1 recipients: ${nobody}`,
  ]);
});

test.each([
  ["a line break in an address", '["stock@example.com\\r\\nBcc: x@example.com"]', "has a line break"],
  ["an address with umlauts", "[stock@bücher.example]", "has letters that mail servers do not take"],
  ["two addresses in one", '["a@example.com, b@example.com"]', "is more than one address"],
  ["an address twice", "[stock@example.com, Stock@Example.com]", "recipients[1]: appears twice"],
  ["an address without a domain", "[stock@example]", '"stock@example" is not a valid mail address'],
])("%s is refused", async (_what, recipients, message) => {
  const problems = await problemsOf(GOOD.replace("[stock@example.com]", recipients));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});

test("only domains and addresses that partwatch.yaml allows may be told", async () => {
  const { problems, monitors } = await readFiles({
    "partwatch.yaml": "allowed_recipients: [Example.com, boss@other.example]\n",
    "monitors/a.yaml": GOOD.replace("stock@example.com", "stock@EXAMPLE.com, boss@other.example"),
    "monitors/b.yaml": GOOD.replace("stock@example.com", "stock@example.com, x@sub.example.com, y@other.example"),
  });
  expect(monitors.map(({ id }) => id)).toEqual(["a"]);
  expect(problems.map(formatProblem)).toEqual([
    "monitors/b.yaml:7:33 recipients[1]: x@sub.example.com is not allowed: allowed_recipients in partwatch.yaml names example.com, boss@other.example.",
    "monitors/b.yaml:7:52 recipients[2]: y@other.example is not allowed: allowed_recipients in partwatch.yaml names example.com, boss@other.example.",
  ]);
});

test("a name that would be no id is answered with one", async () => {
  const { problems, monitors } = await readFiles({ "monitors/Gehäuse (klein).yaml": GOOD, "monitors/runs.yaml": GOOD });
  expect(monitors).toEqual([]);
  expect(problems.map(formatProblem)).toEqual([
    `monitors/Gehäuse (klein).yaml:1:1 id: the file's name makes the id "Gehäuse (klein)", which is not a valid id; rename it to gehaeuse-klein.yaml or add id: gehaeuse-klein.`,
    `monitors/runs.yaml:1:1 id: the file's name makes the id "runs", which is a name that the state branch uses itself; rename it to runs-monitor.yaml or add id: runs-monitor.`,
  ]);
});

test("two files with one id, whatever its case, are both told of it and neither runs", async () => {
  const { monitors, broken, problems } = await readFiles({
    "monitors/a.yaml": `id: 0f8fad5b-d9cb-469f-a165-70867728950e\n${GOOD}`,
    "monitors/b.yaml": `# Copied.\nid: 0F8FAD5B-D9CB-469F-A165-70867728950E\n${GOOD}`,
    "monitors/c.yaml": GOOD,
  });
  expect(monitors.map(({ id }) => id)).toEqual(["c"]);
  expect(broken.map(({ file }) => file)).toEqual(["monitors/a.yaml", "monitors/b.yaml"]);
  expect(problems.map(({ file, line, column, path }) => `${file}:${line}:${column} ${path}`)).toEqual([
    "monitors/a.yaml:1:5 id",
    "monitors/b.yaml:2:5 id",
  ]);
});

test("the limits of partwatch.yaml hold: monitors, parts, time between two checks", async () => {
  const { monitors, problems } = await readFiles({
    "partwatch.yaml": "limits: { monitors: 3, parts: 1, min_interval: 2h }\n",
    "monitors/a.yaml": GOOD.replace(/ {2}- \{ ipn.*\n/, "").replace("10 7 * * 1-5", "10 7,9 * * 1-5"),
    "monitors/b.yaml": GOOD.replace(/ {2}- \{ ipn.*\n/, "").replace("10 7 * * 1-5", "10 7,8 * * 1-5"),
    "monitors/c.yaml": GOOD,
    "monitors/d.yaml": GOOD.replace(/ {2}- \{ ipn.*\n/, ""),
  });
  expect(monitors.map(({ id }) => id)).toEqual(["a"]);
  expect(problems.map(formatProblem)).toEqual([
    'monitors/b.yaml:2:16 cron_schedule: "10 7,8 * * 1-5": two checks would be 1 hour apart; at least 2 hours are wanted (limits.min_interval in partwatch.yaml).',
    "monitors/c.yaml:5:3 parts: has 2 entries, where 1 are the most (limits.parts in partwatch.yaml).",
    "monitors/d.yaml:1:1: is one of 4 monitors, where 3 are the most (limits.monitors in partwatch.yaml).",
  ]);
});

test("checks a quarter of an hour apart are allowed, more often is not, a clock change counts too", async () => {
  const every = (cron: string) => problemsOf(GOOD.replace("10 7 * * 1-5", cron));
  expect(await every("*/15 * * * *")).toEqual([]);
  expect(await every("*/14 * * * *")).toHaveLength(1);
  expect(await every("50 1 * * *")).toEqual([]);
  // 01:50 and 03:00 are ten minutes apart on the day on which the clock jumps from 2 to 3.
  const [night] = await every("50,0 1,3 * * 0");
  expect(night).toContain("two checks would be 10 minutes apart");
});
