import { expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { parseListText } from "../../src/monitors/monitor.ts";
import { namedByPlans } from "../../src/monitors/plans.ts";
import { GOOD, NOW, readFiles } from "./folder.ts";

const HEAD = 'cron_schedule: "10 7 * * 1"\nrecipients: [plan@example.com]\n';
const list = (name: string, more: string) => `name: ${name}\n${HEAD}${more}`;
const BOARDS = list("Boards", "parts: [{ name: Board, quantity: 25 }, { pk: 7, version: B, quantity: 1 }]\n");
const CABLES = list("Cables", 'needed_by: 2027-02-01\nparts: [{ ipn: "CBL-0007", quantity: 50 }]\n');
const FILES = {
  "monitors/cables.yaml": CABLES,
  "monitors/boards.yaml": BOARDS,
  "monitors/idle.yaml": list("Idle", "active: false\nparts: [{ name: Idle, quantity: 1 }]\n"),
  "monitors/stock.yaml": list("Stock", "watch: [{ part: Screw }]\n"),
  "monitors/north.yaml": list("North", "instance: north\nparts: [{ name: Board, quantity: 3 }]\n"),
  "partwatch.yaml":
    "instances:\n  - { label: north, url_env: INVENTREE_NORTH_URL, token_env: INVENTREE_NORTH_API_TOKEN }\n",
};

async function planOf(lists: string, files: Readonly<Record<string, string>> = {}) {
  const read = await readFiles({ ...FILES, ...files, "monitors/plan.yaml": list("Plan", lists) });
  const problems = read.problems.map(formatProblem).filter((one) => one.startsWith("monitors/plan.yaml"));
  return { plan: read.monitors.find(({ id }) => id === "plan"), problems, read };
}

test("a plan has the entries of its lists, with their days, in the order of the ids, under its own fields", async () => {
  const { plan, problems } = await planOf("lists: [Cables, boards, idle]\npolicy: { demand: none }\n");
  expect(problems).toEqual([]);
  expect(plan?.parts).toEqual([
    { list: "boards", name: "Board", quantity: 25 },
    { list: "boards", pk: 7, version: "B", quantity: 1 },
    { list: "cables", ipn: "CBL-0007", quantity: 50, needed_by: "2027-02-01" },
  ]);
  expect(plan).toMatchObject({
    recipients: ["plan@example.com"],
    policy: { demand: "none" },
    watch: [],
    plan: {
      lists: ["Cables", "boards", "idle"],
      members: [
        { id: "boards", name: "Boards", entries: 2 },
        { id: "cables", name: "Cables", entries: 1 },
      ],
      left_out: ["idle"],
    },
  });
});

test("all are the active lists with parts of the plan's instance, never a plan", async () => {
  const other = { "monitors/other.yaml": list("Other", "lists: [boards]\n") };
  const { plan } = await planOf("lists: all\n", other);
  expect(plan?.plan?.members.map(({ id }) => id)).toEqual(["boards", "cables"]);
  const { plan: northern } = await planOf("lists: all\ninstance: north\n", other);
  expect(northern?.plan).toEqual({
    lists: "all",
    members: [{ id: "north", name: "North", entries: 1 }],
    left_out: [],
  });
});

test("what no plan can name is a problem at its line, with what was probably meant", async () => {
  const lists = `lists:
  - bords
  - Cable
  - stock
  - north
  - plan
  - other
  - cables
  - CABLES
  - broken
  - all
`;
  const { plan, problems } = await planOf(lists, {
    "monitors/other.yaml": list("Other", "lists: [boards]\n"),
    "monitors/broken.yaml": `${GOOD}colour: red\n`,
  });
  expect(plan).toBeUndefined();
  expect(problems).toEqual([
    "monitors/plan.yaml:5:5 lists[0]: there is no list bords; did you mean boards? (there are boards, cables, idle, north)",
    "monitors/plan.yaml:6:5 lists[1]: there is no list Cable; did you mean cables? (there are boards, cables, idle, north)",
    "monitors/plan.yaml:7:5 lists[2]: stock only watches stock and has no parts to plan; take it out.",
    "monitors/plan.yaml:8:5 lists[3]: north is checked against instance north, this plan against default; a plan pools lists of one instance.",
    "monitors/plan.yaml:9:5 lists[4]: is this plan itself; name the lists that it pools.",
    "monitors/plan.yaml:10:5 lists[5]: other is a plan itself; name its lists instead.",
    "monitors/plan.yaml:12:5 lists[7]: appears twice in the list; keep one of them.",
    "monitors/plan.yaml:13:5 lists[8]: monitors/broken.yaml cannot be used, so the plan cannot be counted; fix that file.",
    "monitors/plan.yaml:14:5 lists[9]: is no list; write lists: all, without brackets.",
  ]);
});

test("a plan of all lists fails where one of them may be broken, and does not shrink", async () => {
  const broken = { "monitors/broken.yaml": "name: [\n", "monitors/second.yaml": list("Second", "lists: [nobody]\n") };
  const { plan, problems } = await planOf("lists: all\n", broken);
  expect(plan).toBeUndefined();
  expect(problems).toEqual([
    "monitors/plan.yaml:4:8 lists: monitors/broken.yaml cannot be used and may be one of these lists, so they cannot be pooled; fix that file.",
  ]);
});

test("ids without end are told of as far as people read", async () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `nobody-${index}`).join(", ");
  expect((await planOf(`lists: [${ids(1000)}]\n`)).problems).toHaveLength(100);
  expect((await planOf(`lists: [${ids(1001)}]\n`)).problems).toHaveLength(1);
});

test("whoever deletes a list hears of the plans that name it; one of all lists does without", async () => {
  const other = { "monitors/other.yaml": list("Other", "lists: all\n") };
  const { read } = await planOf("lists: [Boards, cables]\n", other);
  expect(namedByPlans(read.monitors, "boards").map(formatProblem)).toEqual([
    "warning: monitors/plan.yaml lists: this plan names boards: take it out there, or the plan cannot be counted.",
  ]);
  expect(namedByPlans(read.monitors, "idle")).toEqual([]);
});

test("calc does not know the lists of a plan in a file, and says how to see it", async () => {
  const config = (await readFiles({})).config;
  const { list: read, problems } = parseListText({ file: "plan.yaml", text: "lists: [a]\n", config, now: NOW });
  expect(read).toBeUndefined();
  expect(problems.map(formatProblem)).toEqual([
    "plan.yaml:1:1 lists: is a plan, whose parts are those of other lists; put it into monitors/ and use partwatch preview.",
  ]);
});

test("a plan without anything to count says so, unless it is inactive itself", async () => {
  const { problems } = await planOf("lists: [idle]\n");
  expect(problems).toEqual([
    "monitors/plan.yaml:4:8 lists: all of these lists are inactive, so nothing would be counted; activate one of them.",
  ]);
  const none = Object.fromEntries(
    ["cables", "boards"].map((id) => [`monitors/${id}.yaml`, list(id, "watch: [{ all: true }]\n")]),
  );
  expect((await planOf("lists: all\n", none)).problems).toEqual([
    "monitors/plan.yaml:4:8 lists: there is no active list with parts of instance default, so nothing would be counted; add or activate one, or set active: false here.",
  ]);
  expect((await planOf("active: false\nlists: [idle]\n")).plan?.parts).toEqual([]);
  const many = "limits: { parts: 2 }\n";
  expect((await planOf("lists: [boards, cables]\n", { "partwatch.yaml": many })).problems).toEqual([
    "monitors/plan.yaml:4:8 lists: these lists have 3 entries together, where 2 are the most (limits.parts in partwatch.yaml).",
  ]);
});

test("a plan has no parts and no day of its own, and lists are ids or all", async () => {
  const more = "lists: [boards]\nneeded_by: 2027-03-01\nparts: [{ name: Board, quantity: 1 }]\n";
  expect((await planOf(more)).problems).toEqual([
    "monitors/plan.yaml:5:12 needed_by: a plan (lists) takes the days of its lists; put it into the lists that it names.",
    "monitors/plan.yaml:6:8 parts: a plan (lists) has no parts of its own; put them into a list of their own and name it in lists.",
  ]);
  for (const wrong of ["every", "boards", "[]", "3", "{ boards: 1 }", "[{ id: boards }]"]) {
    const { problems } = await planOf(`lists: ${wrong}\n`);
    expect(problems, wrong).toEqual([
      expect.stringContaining("lists: must be a list of ids, at most 1000, as in [sensor-board, cable-set], or all."),
    ]);
  }
});
