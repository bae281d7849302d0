import { describe, expect, it } from "vitest";
import { close, issueIn, reopen } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/office.ts";
import { boardList, CHIP, putStock, RESISTOR } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

const ONE = {
  "monitors/board.yaml": boardList({
    recipients: "[]",
    channels: "{ issue: { active: true, labels: [stock, urgent], assignees: [octocat] } }",
  }),
};

async function alertsOf({ workspace }: Office): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "alerts");
}

describe("an issue of parts that are short", () => {
  it("closed as not planned dismisses its parts until more is lacking; then another issue tells it", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    close(issue, "not_planned");
    await office.run(24);
    expect(await alertsOf(office)).toMatchObject([{ state: "dismissed", dismissed: { by: "issue #11", quantity: 5 } }]);
    expect(inside(await alertsOf(office), 0, "dismissed")).not.toHaveProperty("until");
    expect(issue).toMatchObject({
      state: "closed",
      state_reason: "not_planned",
      comments: [{ body: expect.stringContaining("its parts are dismissed") }],
    });
    expect(issue.body).toMatch(/Silenced or dismissed[\s\S]*Chip[\s\S]*dismissed on 2026-11-24/);
    putStock(office.workspace.inventree, CHIP, 6);
    for (const day of [25, 26]) await office.run(day);
    expect(office.issues.all).toHaveLength(1);
    expect(issue.comments).toHaveLength(1);
    putStock(office.workspace.inventree, CHIP, 4);
    await office.run(27);
    expect(await alertsOf(office)).toMatchObject([{ state: "active", quantity: 6 }]);
    expect(issue.state).toBe("closed");
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open" });
    for (const day of [28, 29]) await office.run(day);
    expect(await alertsOf(office)).toMatchObject([{ state: "active", quantity: 6 }]);
  });

  it("opened again takes the dismissal back, in the same issue", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    close(issue, "not_planned");
    await office.run(24);
    reopen(issue);
    await office.run(25);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    expect(office.issues.all).toHaveLength(1);
    expect(issue).toMatchObject({ state: "open", comments: [{}, { body: expect.stringContaining("new") }] });
    await office.run(26);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(27);
    expect(issue).toMatchObject({ state: "closed", state_reason: "completed" });
  });

  it("is opened again with a comment when somebody closes it as completed although parts are short", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    close(issue, "completed");
    await office.run(24);
    expect(issue).toMatchObject({
      state: "open",
      comments: [{ body: expect.stringContaining("Close it **as not planned**") }],
    });
    await office.run(25);
    expect(issue.comments).toHaveLength(1);
  });

  it("tells a new part in another issue when the first one's parts were dismissed at the same time", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    close(issueIn(office.issues, 11), "not_planned");
    putStock(office.workspace.inventree, RESISTOR, 0);
    await office.run(24);
    expect(issueIn(office.issues, 11).state).toBe("closed");
    const { body } = issueIn(office.issues, 12);
    expect(body).toMatch(/- \[ \] seen[^\n]*\n\n<\/td><td><a [^>]*>Resistor/);
    expect(body).not.toMatch(/- \[ \] seen[^\n]*\n\n<\/td><td><a [^>]*>Chip/);
    reopen(issueIn(office.issues, 11));
    await office.run(25);
    expect(await alertsOf(office)).toMatchObject([
      { name: "Resistor 0402: 10k", state: "active" },
      { name: "Chip", state: "active" },
    ]);
    expect(issueIn(office.issues, 12).body).toMatch(/- \[ \] seen[^\n]*\n\n<\/td><td><a [^>]*>Chip/);
  });
});
