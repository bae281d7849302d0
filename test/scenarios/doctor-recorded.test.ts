import { describe, expect, it } from "vitest";
import type { Json } from "../../demo/inventree/json.ts";
import { needs } from "../support/needs.ts";
import { recorded, recordingsPresent } from "../support/recordings.ts";
import { boardList } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

function answer(file: string): Json {
  const json: Json = JSON.parse(JSON.stringify(recorded(file)));
  return json;
}

describe("doctor, given what a real server has answered", needs("recordings in ../shared", recordingsPresent), () => {
  it("warns of an administrator's token, and finds nothing missing", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    const body = answer("user-roles.json");
    workspace.inventree.faults.add({ path: "/api/user/me/roles/", fault: { kind: "answer", status: 200, body } });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(0);
    const text = run.stdout.replace(/\n {2,}/g, " ");
    expect(text).toMatch(/^✓ InvenTree: The token of admin may view everything that the lists need\.$/m);
    expect(text).toMatch(
      /^! InvenTree, warning: The token of admin may change things: everything \(its user is a superuser\)\./m,
    );
  });

  it("says that a role is missing where the server refuses even that question", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    const body = answer("errors/403-no-role.json");
    workspace.inventree.faults.add({ path: "/api/user/me/roles/", fault: { kind: "answer", status: 403, body } });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(1);
    expect(run.stdout.replace(/\n {2,}/g, " ")).toMatch(/^✗ InvenTree, broken: .*403.*Make a token in InvenTree/m);
  });
});
