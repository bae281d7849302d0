import { describe, expect, it } from "vitest";
import { AREAS } from "../../demo/inventree/route.ts";
import { BOARD, boardList, CHIP, onDay, putStock, smallProduct } from "../support/small-product.ts";
import { inside, openWorkspace, type Workspace } from "../support/workspace.ts";

/** Three lists on one server; a failure is soon given up on. */
const threeLists = {
  files: {
    "partwatch.yaml": "inventree: { time_budget: 60 }\n",
    "monitors/a.yaml": boardList({ name: "List A" }),
    "monitors/b.yaml": boardList({ name: "List B", recipients: "[other@example.com]" }),
    "monitors/c.yaml": boardList({ name: "List C" }),
  },
};

function notices({ sink }: Workspace) {
  return sink.mails().filter(({ to }) => to.includes("admin@example.com"));
}

function whatStays(workspace: Workspace): Promise<string> {
  return workspace.git("ls-tree", "-r", "partwatch-state", "state", "reports");
}

describe.concurrent("an InvenTree that cannot be reached", () => {
  it("is told to the admins once per outage, not per list nor per run, and once when it is over", async () => {
    await using workspace = await openWorkspace(threeLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    expect(workspace.sink.mails()).toHaveLength(3);
    const before = await whatStays(workspace);
    workspace.sink.forget();
    workspace.inventree.faults.down = true;
    const run = await workspace.partwatch(["run", ...onDay(24)]);
    expect(run).toMatchObject({ code: 1 });
    expect(run.stderr).toMatch(/trying again attempt=1 cause=.* wait_ms=\d+/);
    const [notice, ...more] = workspace.sink.mails();
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ to: ["admin@example.com"] });
    expect(notice?.parsed.subject).toContain("InvenTree is unreachable");
    for (const words of ["[GET] /api/", "List A", "List B", "List C"]) expect(notice?.parsed.text).toContain(words);
    expect(await whatStays(workspace)).toBe(before);
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      a: {
        last_run: {
          outcome: "failed",
          scheduled_for: "2026-11-23T07:00:00.000Z",
          error: { kind: "inventree", retryable: true, incident: "unreachable" },
        },
        last_success_at: expect.stringMatching(/^2026-11-23/),
      },
    });
    expect(await workspace.state("system.json")).toMatchObject({
      "default/unreachable": { since: "2026-11-24T07:00:00.000Z", opened: { email: "2026-11-24T07:00:00.000Z" } },
    });
    await workspace.partwatch(["run", ...onDay(24, 10)]);
    expect(workspace.sink.mails()).toHaveLength(1);
    workspace.inventree.faults.down = false;
    putStock(workspace.inventree, CHIP, 1);
    expect(await workspace.partwatch(["run", ...onDay(24, 20)])).toMatchObject({ code: 0 });
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      notice?.parsed.subject,
      expect.stringContaining("InvenTree is reachable again"),
    ]);
    expect(workspace.sink.mails()).toHaveLength(5);
    expect(inside(await workspace.state("system.json"), "default/unreachable")).toBeUndefined();
    await workspace.partwatch(["run", ...onDay(25)]);
    expect(workspace.sink.mails()).toHaveLength(5);
  });

  it("is told to the admins as soon as mail works again, where mail was down as well", async () => {
    await using workspace = await openWorkspace(threeLists);
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.sink.forget();
    workspace.inventree.faults.down = true;
    workspace.sink.behave({ connect: () => "drop" });
    expect(await workspace.partwatch(["run", ...onDay(24)])).toMatchObject({ code: 1 });
    workspace.sink.behave({});
    await workspace.partwatch(["run", ...onDay(24, 10)]);
    workspace.inventree.faults.down = false;
    expect(await workspace.partwatch(["run", ...onDay(24, 20)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails().map(({ to, parsed }) => [to[0], parsed.subject])).toEqual([
      ["admin@example.com", expect.stringContaining("InvenTree is unreachable")],
      ["admin@example.com", expect.stringContaining("InvenTree is reachable again")],
    ]);
    expect(notices(workspace)[0]?.parsed.text).toContain("24 Nov 2026, 07:00");
  });

  it("costs no further request once reading has failed, however many lists there are", async () => {
    await using workspace = await openWorkspace(threeLists);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: { detail: "No." } } });
    await workspace.partwatch(["run", ...onDay(23)]);
    // One page of each listing at most was under way when the first refusal came.
    expect(workspace.inventree.requests().length).toBeLessThanOrEqual(5);
  });

  it("gets a second chance within the run: a passing fault is told to nobody", async () => {
    await using workspace = await openWorkspace(threeLists);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 502, body: "<h1>Bad gateway</h1>" }, times: 2 });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 0, errText: expect.stringContaining("502") });
    expect(notices(workspace)).toEqual([]);
  });
});

describe.concurrent("an InvenTree that refuses", () => {
  it("a token without a role: the run names the permission that is missing", async () => {
    const roles = Object.fromEntries(AREAS.filter((area) => area !== "sales_order").map((area) => [area, ["view"]]));
    await using workspace = await openWorkspace({ ...threeLists, inventree: { roles } });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1 });
    expect(run.outText).toMatch(/\[GET\] \/api\/order\/so-line\/\?.*403: the token lacks sales_order\.view/);
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["admin@example.com"]]);
    expect(notices(workspace)[0]?.parsed.text).toContain("sales_order.view");
  });

  it("a wrong token: no list is checked, nobody is told of parts", async () => {
    await using workspace = await openWorkspace(threeLists);
    const run = await workspace.partwatch(["run", ...onDay(23)], { env: { INVENTREE_API_TOKEN: "inv-wrong-token" } });
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("401") });
    expect(run.stdout + run.errText).not.toContain("inv-wrong-token");
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["admin@example.com"]]);
    expect(await workspace.state("reports/a.json")).toBeUndefined();
  });

  it("one part of a list: the check has failed, and no partial report is shown as complete", async () => {
    // The list of parts leaves the chip out, and asked for alone it is refused.
    const tables = smallProduct();
    await using workspace = await openWorkspace({
      ...threeLists,
      inventree: { tables: { ...tables, parts: tables.parts.filter(({ pk }) => pk !== CHIP) } },
    });
    workspace.inventree.faults.add({
      path: /^\/api\/part\/3\//,
      fault: { kind: "answer", status: 403, body: { detail: "You do not have permission to perform this action." } },
    });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("403") });
    expect(run.outText).not.toContain("All parts");
    expect(workspace.sink.mails().map(({ to }) => to)).toEqual([["admin@example.com"]]);
    const calc = await workspace.partwatch(["calc", `#${BOARD}:10`]);
    expect(calc).toMatchObject({ code: 1, stdout: "" });
  });

  it("with a page to log in instead of data: that is said", async () => {
    await using workspace = await openWorkspace(threeLists);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 200, body: "<!doctype html><h1>Log in</h1>" } });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringMatching(/HTML/i) });
    expect(await workspace.state("reports/a.json")).toBeUndefined();
  });

  it("as one trouble that turns into another: the admins hear of both, and of one end", async () => {
    await using workspace = await openWorkspace(threeLists);
    workspace.inventree.faults.down = true;
    await workspace.partwatch(["run", ...onDay(23)]);
    workspace.inventree.faults.down = false;
    const lift = workspace.inventree.faults.add({ fault: { kind: "answer", status: 401, body: { detail: "No." } } });
    await workspace.partwatch(["run", ...onDay(23, 10)]);
    lift();
    await workspace.partwatch(["run", ...onDay(23, 20)]);
    expect(notices(workspace).map(({ parsed }) => parsed.subject)).toEqual([
      expect.stringContaining("InvenTree is unreachable"),
      expect.stringContaining("InvenTree denies Partwatch access"),
      expect.stringContaining("InvenTree gives Partwatch access again"),
    ]);
    expect(await workspace.state("system.json")).toEqual({ schema_version: 2 });
  });
});
