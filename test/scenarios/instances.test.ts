import { describe, expect, it } from "vitest";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import { BOARD, boardList, CHIP, onDay, putStock, smallProduct } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

const BERLIN_TOKEN = "inv-5e77be21a90c1d44";
const CONFIG = `instances:
  - label: berlin
    url_env: BERLIN_URL
    token_env: BERLIN_TOKEN
inventree: { time_budget: 60 }
`;
const FILES = {
  "partwatch.yaml": CONFIG,
  "monitors/here.yaml": boardList({ name: "Boards here" }),
  "monitors/there.yaml": boardList({ name: "Boards there", instance: "berlin" }),
};

interface TwoServers extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly berlin: EmbeddedInventree;
  /** What a machine has that knows both servers. */
  readonly env: Readonly<Record<string, string>>;
}

/** Two servers with one product each; in Berlin 8 chips instead of 5 are in stock. */
async function openTwo(files: Readonly<Record<string, string>> = FILES): Promise<TwoServers> {
  const workspace = await openWorkspace({ files });
  const berlin = await startInventree({ tables: smallProduct(), token: BERLIN_TOKEN });
  putStock(berlin, CHIP, 8);
  return {
    workspace,
    berlin,
    env: { BERLIN_URL: berlin.url, BERLIN_TOKEN },
    [Symbol.asyncDispose]: async () => {
      await berlin.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

function subjects({ sink }: Workspace): readonly (string | undefined)[] {
  return sink
    .mails()
    .map(({ parsed }) => parsed.subject)
    .sort();
}

function missingOf(run: { readonly stdout: string }): Readonly<Record<string, unknown>> {
  const result: unknown = JSON.parse(run.stdout);
  const monitors = inside(result, "monitors");
  if (!Array.isArray(monitors)) throw new Error(run.stdout);
  return Object.fromEntries(
    monitors.map((monitor: unknown) => {
      const lines = inside(monitor, "report", "lines");
      const chip = Array.isArray(lines) ? lines.find((line: unknown) => inside(line, "pk") === CHIP) : undefined;
      return [String(inside(monitor, "id")), inside(chip, "missing")];
    }),
  );
}

describe.concurrent("lists of two servers", () => {
  it("are each counted by the stock of their own, in one run, and link there", async () => {
    await using two = await openTwo();
    const run = await two.workspace.partwatch(["run", "--json", ...onDay(23)], { env: two.env });
    expect(run).toMatchObject({ code: 0 });
    expect(missingOf(run)).toEqual({ here: 5, there: 2 });
    const texts = new Map(
      two.workspace.sink.mails().map(({ parsed }) => [parsed.subject, (parsed.html ?? "").replaceAll("&#x2F;", "/")]),
    );
    expect(texts.get("[Partwatch] Boards there: parts short")).toContain(two.berlin.url);
    expect(texts.get("[Partwatch] Boards there: parts short")).not.toContain(two.workspace.inventree.url);
    expect(texts.get("[Partwatch] Boards here: parts short")).toContain(two.workspace.inventree.url);
  });

  it("may be seen to by a run for each server at the same moment: nothing is lost, and everybody told once", async () => {
    await using two = await openTwo();
    const { workspace } = two;
    const { BERLIN_URL, BERLIN_TOKEN: token } = two.env;
    const onlyThere = { INVENTREE_URL: undefined, INVENTREE_API_TOKEN: undefined, BERLIN_URL, BERLIN_TOKEN: token };
    const runs = await Promise.all([
      workspace.partwatch(["run", "--instance", "default", ...onDay(23)]),
      workspace.partwatch(["run", "--instance", "berlin", ...onDay(23)], { env: onlyThere }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(subjects(workspace)).toEqual([
      "[Partwatch] Boards here: parts short",
      "[Partwatch] Boards there: parts short",
    ]);
    expect(Object.keys(Object(inside(await workspace.state("runs.json"), "monitors"))).sort()).toEqual([
      "here",
      "there",
    ]);
    expect(await workspace.commits()).toBe(4);
    expect(await workspace.state("state/there.json")).toMatchObject({ name: "Boards there" });
    expect(await workspace.state("README.md")).toMatch(/Boards here[\s\S]*Boards there/);
  });

  it("do not suffer from each other's server: one is told, the other's outage is told to the admins, once", async () => {
    await using two = await openTwo();
    const { workspace, berlin, env } = two;
    berlin.faults.down = true;
    const run = await workspace.partwatch(["run", ...onDay(23)], { env });
    expect(run).toMatchObject({ code: 1 });
    await workspace.partwatch(["run", ...onDay(23, 20)], { env });
    expect(subjects(workspace)).toEqual([
      "[Partwatch] Boards here: parts short",
      "[Partwatch] InvenTree (berlin) is unreachable",
    ]);
    expect(await workspace.state("system.json")).toMatchObject({ "berlin/unreachable": {} });
    await workspace.partwatch(["run", "--instance", "default", "--all", ...onDay(23, 30)]);
    expect(await workspace.state("system.json")).toMatchObject({ "berlin/unreachable": {} });
    berlin.faults.down = false;
    expect(await workspace.partwatch(["run", "--instance", "berlin", ...onDay(23, 40)], { env })).toMatchObject({
      code: 0,
    });
    expect(subjects(workspace)).toContain("[Partwatch] InvenTree (berlin) is reachable again");
    expect(inside(await workspace.state("system.json"), "berlin/unreachable")).toBeUndefined();
  });

  it("are told of a refused token under the names that its server's variables have", async () => {
    await using two = await openTwo();
    const env = { ...two.env, BERLIN_TOKEN: "inv-old" };
    const run = await two.workspace.partwatch(["run", "--instance", "berlin", ...onDay(23)], { env });
    expect(run).toMatchObject({ code: 1 });
    expect(run.errText).toContain("is BERLIN_TOKEN right?");
    expect(run.errText).not.toContain("INVENTREE_API_TOKEN");
    expect(run.stdout + run.errText).not.toContain("inv-old");
  });
});

describe.concurrent("the settings of several servers", () => {
  it("are all missed at once, under their own names, before anything is asked", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    const run = await workspace.partwatch(["run"], { env: { INVENTREE_API_TOKEN: "" } });
    expect(run).toMatchObject({ code: 1 });
    expect(run.errText).toContain("INVENTREE_API_TOKEN: is not set");
    expect(run.errText).toMatch(/BERLIN_URL: is not set; .* \(instance berlin in partwatch\.yaml\)\./);
    expect(run.errText).toContain("BERLIN_TOKEN: is not set");
    expect(workspace.inventree.requests()).toEqual([]);
  });

  it("are missed only of the server that is asked", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    expect(await workspace.partwatch(["run", "--instance", "default", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["calc", "Board:1"])).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["preview", "here"])).toMatchObject({ code: 0 });
    const there = await workspace.partwatch(["preview", "there"]);
    expect(there).toMatchObject({ code: 1 });
    expect(there.errText).toContain("BERLIN_URL: is not set");
    expect(there.errText).not.toContain("INVENTREE_URL");
  });

  it("are those of the server that partwatch.yaml makes the default", async () => {
    await using two = await openTwo({
      "partwatch.yaml": `instance: berlin\n${CONFIG}`,
      "monitors/board.yaml": boardList(),
      "monitors/old.yaml": boardList({ name: "Old", instance: "default" }),
    });
    const { workspace, env } = two;
    expect(missingOf(await workspace.partwatch(["run", "--json", ...onDay(23)], { env }))).toEqual({
      board: 2,
      old: 5,
    });
    const calc = await workspace.partwatch(["calc", `#${BOARD}:10`, "--json"], { env });
    expect(calc.outText).toContain('"missing": 2');
  });
});

describe.concurrent("a server that partwatch.yaml does not know", () => {
  it("is a problem at its line, with those that there are", async () => {
    await using workspace = await openWorkspace({
      files: { ...FILES, "monitors/there.yaml": boardList({ instance: "munich" }) },
    });
    const run = await workspace.partwatch(["validate"]);
    expect(run).toMatchObject({ code: 1 });
    expect(run.outText + run.errText).toMatch(
      /monitors\/there\.yaml:6:11 instance: partwatch\.yaml knows no instance "munich"; there are default, berlin\./,
    );
  });

  it("is refused on the command line, with those that there are", async () => {
    await using workspace = await openWorkspace({ files: FILES });
    const run = await workspace.partwatch(["run", "--instance", "munich"]);
    expect(run).toMatchObject({ code: 1, stdout: "" });
    expect(run.errText).toContain('partwatch.yaml knows no instance "munich"; there are default, berlin.');
    expect(await workspace.partwatch(["run", "--shard", "3/2"])).toMatchObject({ code: 2 });
  });

  it.each([
    [
      "- { label: a, url_env: A_URL, token_env: A_KEY }\n  - { label: a, url_env: B_URL, token_env: B_KEY }",
      3,
      "label",
    ],
    ["- { label: a, url_env: A_URL, token_env: A_URL }", 2, "token_env"],
    ["- { label: a, url_env: GITHUB_TOKEN, token_env: A_KEY }", 2, "url_env"],
    ["- { label: a, url_env: https://a.example.com, token_env: A_KEY }", 2, "url_env"],
    ["- { label: A b, url_env: A_URL, token_env: A_KEY }", 2, "label"],
    ["- { label: a, url_env: A_URL }", 2, "token_env"],
  ])("cannot be made known by %s", async (entries, line, field) => {
    const files = { "partwatch.yaml": `instances:\n  ${entries}\n`, "monitors/board.yaml": boardList() };
    await using workspace = await openWorkspace({ files });
    const run = await workspace.partwatch(["validate"]);
    expect(run).toMatchObject({ code: 1 });
    expect(run.outText + run.errText).toMatch(
      new RegExp(`^partwatch\\.yaml:${line}:\\d+ instances\\S*.*${field}`, "m"),
    );
  });
});
