import { describe, expect, it } from "vitest";
import { issueIn, type LocalIssue, openByHand, remove, tick, transfer } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/people-fixture.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

const ONE = {
  "monitors/board.yaml": boardList({ recipients: "[]", channels: "{ issue: { active: true, labels: [stock] } }" }),
};
const BOX = /- \[( |x)\] seen <!-- partwatch-row [0-9a-f]{12} [ak](?: at=\S+)? -->\n\n<\/td><td><a [^>]*>Chip<\/a>/;

/** By a clock that is slow. */
const YESTERDAY = { kind: "acknowledge", at: new Date("2026-11-23T12:00:00Z") } as const;

async function alertsOf({ workspace }: Office): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "alerts");
}

function boxOf({ body }: LocalIssue): string | undefined {
  return BOX.exec(body?.replaceAll("\r\n", "\n") ?? "")?.[1];
}

describe("an issue that people have changed", () => {
  it("is made again from the state when somebody has emptied it, acknowledgements included, without a word", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    tick(issue, "Chip");
    await office.run(24);
    issue.body = "";
    await office.run(25);
    expect(boxOf(issue)).toBe("x");
    expect(issue.comments).toEqual([]);
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged" }]);
    issue.body = null;
    issue.title = "Chips, again";
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(26);
    expect(issue).toMatchObject({ state: "closed", title: "Chips, again", comments: [{}] });
    expect(office.issues.all).toHaveLength(1);
  });

  it("is kept up to date while a part waits to settle, and the part stays acknowledged", async () => {
    const [file, list] = Object.entries(ONE)[0] ?? ["", ""];
    await using office = await openOffice({ [file]: `${list}recover: 2\n` });
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    tick(issue, "Chip");
    await office.run(24);
    issue.body = "";
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(25);
    expect(boxOf(issue)).toBe("x");
    putStock(office.workspace.inventree, CHIP, 5);
    await office.run(26);
    expect(issue).toMatchObject({ state: "open", comments: [] });
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged" }]);
  });

  it("keeps what people have written around the table", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    issue.body = `Ordered by Tess.\r\n\r\n${issue.body}\r\n\r\nSee also the wiki.`;
    putStock(office.workspace.inventree, CHIP, 2);
    await office.run(24);
    expect(issue.body).toMatch(/^Ordered by Tess\.\n\n<!-- partwatch [\s\S]*<td>8<\/td>[\s\S]*See also the wiki\.$/);
    await office.run(25);
    expect(office.github.requests.filter(({ label }) => label.startsWith("PATCH"))).toHaveLength(1);
  });

  it.each([
    ["deleted", (office: Office) => remove(office.issues, 11)],
    ["moved to another repository", (office: Office) => void transfer(office.issues, 11)],
    ["moved to another repository where it has the same number", ({ issues }: Office) => void transfer(issues, 11, 11)],
  ])("and %s is left alone, and what comes next is told in a new one", async (_, change) => {
    await using office = await openOffice(ONE);
    await office.run(23);
    change(office);
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(office.issues.all).toEqual([]);
    expect(office.lines.join("\n")).toContain("issue #11 is gone");
    putStock(office.workspace.inventree, CHIP, 2);
    expect(await office.run(25)).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", labels: ["stock"] });
    expect(office.issues.moved.get(11)?.comments ?? []).toEqual([]);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(26);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "closed" });
  });

  it("is still ours where the repository was renamed, and answers under its new name", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const { apiUrl } = office.github;
    const { number, body } = issueIn(office.issues, 11);
    const named = { number, body, state: "open", comments: 0, url: `${apiUrl}/repos/acme/stock/issues/11` };
    const renamed = { kind: "answer", answer: { status: 200, body: named } } as const;
    office.github.misbehave({ on: /^GET .*\/issues\/11$/, times: 99, how: renamed });
    const repository = { kind: "answer", answer: { status: 200, body: { full_name: "Acme/Stock" } } } as const;
    office.github.misbehave({ on: /^GET \/repos\/acme\/lists$/, times: 99, how: repository });
    putStock(office.workspace.inventree, CHIP, 2);
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(office.issues.all).toHaveLength(1);
    expect(issueIn(office.issues, 11).body).toContain("<td>8</td>");
  });

  it("and locked is told in its text, and the run is none the redder", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    issue.locked = true;
    putStock(office.workspace.inventree, CHIP, 2);
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(issue.body).toContain("<td>8</td>");
    expect(office.lines.join("\n")).toContain("issue #11 is locked: what changed stands in its text only");
    await office.run(25);
    expect(office.github.requests.filter(({ label }) => label.includes("comments"))).toHaveLength(1);
  });

  it("while the run is under way loses no tick: it stands there still, and counts with the next run", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    const issue = issueIn(office.issues, 11);
    let asked = 0;
    // After the run has read the issue, and before it reads it again to write.
    office.github.misbehave({
      on: /^GET \/repos\/acme\/lists\/issues\/11$/,
      times: 2,
      how: { kind: "first", run: async () => void (++asked === 2 && tick(issue, "Chip")) },
    });
    await office.run(24);
    expect(asked).toBe(2);
    expect(issue.body).toContain("<td>8</td>");
    expect(boxOf(issue)).toBe("x");
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    await office.run(25);
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged" }]);
    await office.run(26);
    expect(boxOf(issue)).toBe("x");
  });

  it("loses no acknowledgement of the command line either, from the moment that the run has read the state", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    office.github.misbehave({
      on: /^GET \/repos\/acme\/lists\/issues\/11$/,
      // Before the check begins, and after the run has read the state.
      how: { kind: "first", run: async () => void (await office.decide("board", "Chip", YESTERDAY)) },
    });
    await office.run(24);
    expect(await alertsOf(office)).toMatchObject([
      { state: "acknowledged", acknowledged: { by: "Ann" }, quantity: 8, message: "8 missing" },
    ]);
    await office.run(25);
    expect(boxOf(issueIn(office.issues, 11))).toBe("x");
  });

  it("says what people decided last, be it by its boxes or on the command line", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    const state = async () => inside(await alertsOf(office), 0, "state");
    tick(issue, "Chip");
    await office.run(24);
    await office.decide("board", "Chip", { kind: "undo", at: new Date("2026-11-24T09:00:00Z") });
    await office.run(25);
    expect([await state(), boxOf(issue)]).toEqual(["active", " "]);
    tick(issue, "Chip");
    await office.run(26);
    tick(issue, "Chip", false);
    await office.run(27);
    expect([await state(), boxOf(issue)]).toEqual(["active", " "]);
    tick(issue, "Chip");
    await office.run(28);
    expect([await state(), boxOf(issue)]).toEqual(["acknowledged", "x"]);
    tick(issue, "Chip", false);
    await office.run(29);
    await office.decide("board", "Chip", { kind: "acknowledge", at: new Date("2026-11-29T09:00:00Z") });
    for (const day of [30, 31]) await office.run(day);
    expect([await state(), boxOf(issue)]).toEqual(["acknowledged", "x"]);
    expect(await alertsOf(office)).toMatchObject([{ acknowledged: { by: "Ann" } }]);
    expect(issue.comments).toEqual([]);
  });

  it("brings no control characters of a name into a log, a message or a commit", async () => {
    const parts = '[{ name: "Nut\\e[31m M3", quantity: 1 }]';
    const own = ONE["monitors/board.yaml"].replace(/^parts: .*$/m, `parts: ${parts}`);
    await using office = await openOffice({ "monitors/board.yaml": own });
    await office.run(23);
    expect(await office.decide("board", "Bolt", YESTERDAY)).toEqual({
      kind: "refused",
      message: expect.stringContaining("Open are: Nut\ufffd[31m M3 (Nut\ufffd[31m M3, unresolved)."),
    });
    const { body } = issueIn(office.issues, 11);
    issueIn(office.issues, 11).body = body?.replace("- [ ]", "- [x]") ?? null;
    await office.run(24);
    expect(office.lines.join("\n")).toContain("people decided: Nut\ufffd[31m M3 (unresolved) is acknowledged");
    expect(`${office.lines.join("\n")}${body}`).not.toContain("\u001b");
  });

  it("does not acknowledge a shortage that returns, because of a tick of long ago", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    tick(issueIn(office.issues, 11), "Chip");
    await office.run(24);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(25);
    putStock(office.workspace.inventree, CHIP, 1);
    await office.run(26);
    expect(boxOf(issueIn(office.issues, 12))).toBe(" ");
    for (const day of [27, 28]) await office.run(day);
    expect(await alertsOf(office)).toMatchObject([{ state: "resolved" }, { state: "active" }]);
  });

  it.each([
    [
      "a pull request",
      { title: "Chips", body: "<!-- partwatch monitor=board episode=1 notification=1.x -->", isPullRequest: true },
    ],
    ["the issue of somebody who may not write here", { title: "Help", body: "It is broken." }],
  ] as const)("is found by its mark where its number leads to %s, which is left alone", async (_, other) => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const foreign = openByHand(office.issues, other);
    const state = JSON.stringify(await office.workspace.state("state/board.json"));
    await rewriteState(office, state.replace('"ref":"11"', '"ref":"12"'));
    putStock(office.workspace.inventree, CHIP, 2);
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(foreign).toMatchObject({ ...other, state: "open", comments: [] });
    expect(issueIn(office.issues, 11)).toMatchObject({ body: expect.stringContaining("<td>8</td>"), comments: [{}] });
    expect(await office.workspace.state("state/board.json")).toMatchObject({ delivered: { issue: { ref: "11" } } });
  });

  it("shows what was acknowledged by another way, and takes no box for an answer that nobody gave", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const state = await office.workspace.state("state/board.json");
    const text = JSON.stringify(state).replace(
      '"state":"active"',
      '"state":"acknowledged","acknowledged":{"by":"tess","at":"2026-11-23T12:00:00.000Z"}',
    );
    await rewriteState(office, text);
    await office.run(24);
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged", acknowledged: { by: "tess" } }]);
    expect(boxOf(issueIn(office.issues, 11))).toBe("x");
    tick(issueIn(office.issues, 11), "Chip", false);
    await office.run(25);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
  });
});

async function rewriteState({ workspace }: Office, text: string): Promise<void> {
  await workspace.git("worktree", "add", "--quiet", "../state", "partwatch-state");
  await workspace.write("../state/state/board.json", text);
  await workspace.git("-C", "../state", "commit", "--quiet", "--all", "--message=Acknowledge");
  await workspace.git("worktree", "remove", "../state");
}
