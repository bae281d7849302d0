import { describe, expect, it } from "vitest";
import { issueIn, tick } from "../../support/github-api/issues-world.ts";
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

/** A text without the server's address of the day. */
function plain({ workspace }: Office, text: string | null): string | undefined {
  return text?.replaceAll(workspace.inventree.url, "https://inventree.example");
}

describe("the issue of a list that is short", () => {
  it("is opened once with table, labels and assignees, and nothing more is written while nothing changes", async () => {
    await using office = await openOffice(ONE);
    const { outcomes, failures } = await office.run(23);
    expect(failures).toEqual([]);
    expect(outcomes).toMatchObject([
      { notifications: { deliveries: [{ channel: "issue", outcome: { kind: "accepted", accepted: ["#11"] } }] } },
    ]);
    const issue = issueIn(office.issues, 11);
    expect(issue).toMatchObject({
      title: "[Partwatch] Board batch: parts short",
      labels: ["stock", "urgent"],
      assignees: ["octocat"],
      state: "open",
      comments: [],
    });
    expect(plain(office, issue.body)).toMatchInlineSnapshot(`
      "<!-- partwatch monitor=board episode=1 notification=1.2271f8d68a17e782 folded=0 new -->
      <table>
      <tr><th>Acknowledge</th><th>Part</th><th>Status</th><th>Quantity</th><th>Next delivery</th><th>Order quantity</th><th>Since</th></tr>
      <tr><td>

      - [ ] seen <!-- partwatch-row ed33f81da8ed a -->

      </td><td><a href="https://inventree.example/web/part/3/">Chip</a></td><td>short</td><td>5</td><td>nothing ordered</td><td>5</td><td>23 Nov 2026</td></tr>
      </table>

      Tick a part to acknowledge it: reminders about it stop. Close the issue **as not planned** to dismiss its parts until more of them is missing; reopen it to undo that. It closes by itself when everything is covered.
      <!-- /partwatch -->"
    `);
    expect(await office.workspace.state("state/board.json")).toMatchObject({
      delivered: { issue: { ref: "11" } },
      episode: { number: 1, open: true },
    });
    await office.run(24);
    await office.run(25);
    expect(office.github.requests.filter(({ label }) => !label.startsWith("GET"))).toHaveLength(1);
  });

  it("gets a comment with what changed, and its table is the present one", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    putStock(office.workspace.inventree, RESISTOR, 0);
    await office.run(24);
    const { body, comments, state } = issueIn(office.issues, 11);
    expect(state).toBe("open");
    expect(body).toMatch(
      /Chip<\/a><\/td><td>short<\/td><td>8<\/td><td>nothing ordered<\/td><td>8<\/td><td>23 Nov 2026/,
    );
    expect(body).toMatch(
      /Resistor 0402: 10k<\/a><\/td><td>short<\/td><td>40<\/td><td>nothing ordered<\/td><td>40<\/td><td>24 Nov 2026/,
    );
    expect(comments.map((comment) => plain(office, comment.body))).toMatchInlineSnapshot(`
      [
        "**2 parts are short** · Checked Tue, 24 Nov 2026, 07:00 UTC

      2 short · 1 to build · 0 critical · coverage 0%

      ### What changed

      | Change | Part | Kind | Before | Now |
      | --- | --- | --- | --: | --: |
      | new | [Resistor 0402: 10k](https://inventree.example/web/part/2/) | short | – | 40 |
      | worse | [Chip](https://inventree.example/web/part/3/) | short | 5 | 8 |

      <!-- partwatch-notification 2.195e59acded667fe -->",
      ]
    `);
  });

  it("is told once what changed since, where the channel was switched off for a while", async () => {
    await using office = await openOffice(ONE);
    const file = ONE["monitors/board.yaml"];
    await office.run(23);
    await office.workspace.write("monitors/board.yaml", file.replace("active: true", "active: false"));
    putStock(office.workspace.inventree, CHIP, 2);
    await office.run(24);
    expect(issueIn(office.issues, 11).body).toContain("<td>5</td>");
    putStock(office.workspace.inventree, CHIP, 4);
    await office.workspace.write("monitors/board.yaml", file);
    for (const day of [25, 26]) await office.run(day);
    expect(issueIn(office.issues, 11)).toMatchObject({
      body: expect.stringContaining("<td>6</td>"),
      comments: [{ body: expect.stringMatching(/worse \| \[Chip\].* \| short \| 5 \| 6 \|/) }],
    });
  });

  it("is closed with a comment when all is covered, and the next shortage opens another one", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(24);
    expect(issueIn(office.issues, 11)).toMatchObject({
      state: "closed",
      state_reason: "completed",
      comments: [{ body: expect.stringContaining("All covered: closed.") }],
    });
    expect(issueIn(office.issues, 11).body).toContain("All parts are covered.");
    putStock(office.workspace.inventree, CHIP, 1);
    await office.run(25);
    expect(issueIn(office.issues, 11).state).toBe("closed");
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", comments: [] });
  });

  it("acknowledges a part whose box is ticked, and takes that back when the box is cleared", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    tick(issue, "Chip");
    await office.run(24);
    expect(await alertsOf(office)).toMatchObject([
      { name: "Chip", state: "acknowledged", acknowledged: { by: "tess, issue #11", at: "2026-11-24T07:00:00.000Z" } },
    ]);
    expect(issue.body).toContain("- [x] seen");
    expect(issue.comments).toEqual([]);
    await office.run(25);
    expect(await alertsOf(office)).toMatchObject([{ state: "acknowledged" }]);
    tick(issue, "Chip", false);
    await office.run(26);
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
    await office.run(27);
    expect(issue.body).toContain("- [ ] seen");
    expect(await alertsOf(office)).toMatchObject([{ state: "active" }]);
  });

  it("stops reminders of what is acknowledged", async () => {
    await using office = await openOffice({ "monitors/board.yaml": `${ONE["monitors/board.yaml"]}remind_after: 2d\n` });
    await office.run(23);
    await office.run(25, { minutes: 1 });
    expect(issueIn(office.issues, 11).comments).toMatchObject([
      { body: expect.stringContaining("Reminder: nothing changed") },
    ]);
    tick(issueIn(office.issues, 11), "Chip");
    for (const day of [26, 27, 28, 29]) await office.run(day);
    expect(issueIn(office.issues, 11).comments).toHaveLength(1);
  });
});

describe("a list that has nothing short", () => {
  it("proves with a closed issue that issues can be written, once, and tells the shortage in a new one", async () => {
    await using office = await openOffice(ONE);
    putStock(office.workspace.inventree, CHIP, 50);
    await office.run(23);
    expect(issueIn(office.issues, 11)).toMatchObject({
      title: "[Partwatch] Board batch: all covered",
      state: "closed",
      state_reason: "completed",
      comments: [],
    });
    await office.run(24);
    expect(office.issues.all).toHaveLength(1);
    putStock(office.workspace.inventree, CHIP, 5);
    await office.run(25);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open" });
  });
});
