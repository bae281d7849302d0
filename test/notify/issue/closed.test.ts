import { describe, expect, it } from "vitest";
import { close, issueIn, reopen } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/people-fixture.ts";
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

  it("does not dismiss once more what somebody took back on the command line", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    close(issueIn(office.issues, 11), "not_planned");
    await office.run(24);
    await office.decide("board", "Chip", { kind: "undo", at: new Date("2026-11-24T09:00:00Z") });
    for (const day of [25, 26]) await office.run(day);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "closed", comments: [{}] });
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", body: expect.stringContaining(">Chip<") });
    expect(office.issues.all).toHaveLength(2);
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

  it("that is closed although nobody is told of that is open again when they are short as last notified", async () => {
    const quiet = boardList({
      recipients: "[]",
      channels: "{ issue: { active: true } }",
      significance: "{ ignore: [resolved] }",
    });
    await using office = await openOffice({ "monitors/board.yaml": quiet });
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(24);
    expect(issue).toMatchObject({ state: "closed", comments: [{}] });
    reopen(issue);
    await office.run(25);
    expect(issue).toMatchObject({ state: "open", comments: [{}] });
    close(issue, "completed");
    putStock(office.workspace.inventree, CHIP, 5);
    for (const day of [26, 27]) await office.run(day);
    expect(office.issues.all).toHaveLength(1);
    expect(issue).toMatchObject({ state: "open", comments: [{}, { body: expect.stringContaining("still short") }] });
    expect(issue.body).toContain("<td>5</td>");
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(28);
    expect(issue.state).toBe("closed");
    putStock(office.workspace.inventree, CHIP, 2);
    await office.run(29);
    expect(office.issues.all).toHaveLength(1);
    expect(issue).toMatchObject({ state: "open", comments: [{}, {}, {}, { body: expect.stringContaining("8") }] });
  });

  it("is closed when they are silenced, and does not call them covered", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const silences = "[{ part: Chip, until: 2026-11-25, reason: Ordered }]";
    await office.workspace.write("monitors/board.yaml", `${ONE["monitors/board.yaml"]}silences: ${silences}\n`);
    for (const day of [24, 25]) await office.run(day);
    const [first, ...others] = issueIn(office.issues, 11).comments;
    expect(others).toEqual([]);
    expect(first?.body).toContain("Nothing is short except what is silenced or dismissed: closed.");
    expect(first?.body).not.toContain("All covered: closed");
    await office.run(26);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", comments: [] });
    expect(await alertsOf(office)).toMatchObject([{ state: "active", since: "2026-11-23T07:00:00.000Z" }]);
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
