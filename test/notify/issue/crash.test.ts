import { describe, expect, it } from "vitest";
import { close, issueIn, openByHand, tick } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/people-fixture.ts";
import { boardList, CHIP, putStock, RESISTOR } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

const ONE = {
  "monitors/board.yaml": boardList({ recipients: "[]", channels: "{ issue: { active: true, labels: [stock] } }" }),
};

async function alertsOf({ workspace }: Office): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "alerts");
}

describe("an issue of somebody else", () => {
  it("is never taken for ours, whatever its title and text", async () => {
    await using office = await openOffice(ONE);
    openByHand(office.issues, { title: "[Partwatch] Board batch: parts short", body: "Chips are short." });
    openByHand(office.issues, {
      title: "[Partwatch] Board batch: parts short",
      body: "<!-- partwatch monitor=board episode=1 notification=1.2271f8d68a17e782 folded=0 new -->\n- [x] seen\n<!-- /partwatch -->",
    });
    await office.run(23);
    expect(office.issues.all).toHaveLength(3);
    expect(issueIn(office.issues, 13)).toMatchObject({ author: { type: "Bot" }, state: "open" });
    expect(await office.workspace.state("state/board.json")).toMatchObject({ delivered: { issue: { ref: "13" } } });
  });
});

describe("a run that dies after it has told", () => {
  it("and before it remembers is repeated in the same issue, once", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    await forgetLastCommit(office);
    await office.run(23, { minutes: 5, takeOver: true });
    expect(office.issues.all).toHaveLength(1);
    expect(issueIn(office.issues, 11).comments).toEqual([]);
    expect(await office.workspace.state("state/board.json")).toMatchObject({ delivered: { issue: { ref: "11" } } });
    putStock(office.workspace.inventree, CHIP, 2);
    putStock(office.workspace.inventree, RESISTOR, 1);
    await office.run(24);
    await forgetLastCommit(office);
    await office.run(24, { minutes: 5, takeOver: true });
    expect(issueIn(office.issues, 11).comments).toHaveLength(1);
  });

  it("leaves no issue open that says what is no longer true, though nobody remembers it", async () => {
    await using office = await openOffice(ONE);
    putStock(office.workspace.inventree, CHIP, 20);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 1);
    await office.run(24);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open" });
    await forgetLastCommit(office);
    putStock(office.workspace.inventree, CHIP, 20);
    await office.run(25, { takeOver: true });
    expect(office.issues.all.map(({ state }) => state)).toEqual(["closed", "closed"]);
    expect(issueIn(office.issues, 12).comments).toHaveLength(1);
    expect(await office.workspace.state("state/board.json")).toMatchObject({ delivered: { issue: { ref: "12" } } });
  });

  it("is made good in one commit where the list no longer speaks in issues", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    await forgetLastCommit(office);
    await office.workspace.write("monitors/board.yaml", boardList());
    await office.run(24);
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "open" });
    await office.run(24, { minutes: 5, takeOver: true });
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "closed", comments: [{}] });
    const state = await office.workspace.state("state/board.json");
    expect(state).toMatchObject({ delivered: { email: { seq: 1 } } });
    expect(state).not.toHaveProperty("sending");
    const head = await office.workspace.git("rev-parse", "partwatch-state");
    await office.run(24, { minutes: 10 });
    expect(await office.workspace.git("rev-parse", "partwatch-state")).toBe(head);
  });

  it("with a tick that it had read, or one taken back, still knows it the next time", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const crash = async (day: number) => {
      await office.run(day);
      await forgetLastCommit(office);
      await office.run(day, { minutes: 5, force: true });
    };
    tick(issueIn(office.issues, 11), "Chip");
    await crash(24);
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged" }]);
    tick(issueIn(office.issues, 11), "Chip", false);
    await crash(25);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    expect(issueIn(office.issues, 11).body).toContain("- [ ] seen");
  });

  it("with a dismissal that it had read still knows it the next time", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    close(issueIn(office.issues, 11), "not_planned");
    await office.run(24);
    await forgetLastCommit(office);
    await office.run(25, { takeOver: true });
    expect(await alertsOf(office)).toMatchObject([{ state: "dismissed", dismissed: { by: "issue #11" } }]);
    expect(office.issues.all).toHaveLength(1);
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "closed", comments: [{}] });
  });
});

/** What a run leaves that dies before its last commit: of what it sent only the claims. */
async function forgetLastCommit({ workspace }: Office): Promise<void> {
  await workspace.git("update-ref", "refs/heads/partwatch-state", "partwatch-state~1");
  await workspace.git("update-ref", "refs/partwatch/clone/partwatch-state", "partwatch-state");
}
