import { describe, expect, it } from "vitest";
import { connectGithub } from "../../../src/github/octokit.ts";
import { createIssueAdmin } from "../../../src/notify/issue/admin.ts";
import { closeAfterEach, githubApi, testClock, testLog, token } from "../../support/github-api/fixture.ts";
import { close, issueIn, remove } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/people-fixture.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";

const CONFIG =
  "channels: { issue: { active: true, labels: [partwatch], assignees: [tess] } }\ninventree: { time_budget: 60 }\n";
const FILES = { "partwatch.yaml": CONFIG, "monitors/board.yaml": boardList() };

closeAfterEach();

function titles({ issues }: Office): readonly string[] {
  return issues.all.map(({ title, state }) => `${state}: ${title}`);
}

describe("a configuration problem", () => {
  it("is one issue with the line and the fix, and is closed with a comment when the file is mended", async () => {
    await using office = await openOffice({
      ...FILES,
      "monitors/bad.yaml": "name: Bad <script>@octocat\ncron_schedule: x\n",
    });
    await office.run(23);
    expect(titles(office)).toEqual([
      "open: [Partwatch] Board batch: parts short",
      "open: [Partwatch] Configuration problem: monitors/bad.yaml is broken",
    ]);
    const issue = issueIn(office.issues, 12);
    expect(issue).toMatchObject({ labels: ["partwatch"], assignees: ["tess"] });
    expect(issue.body).toMatch(
      /<pre>monitors\/bad\.yaml:1:1: names nothing to check;[^\n]*\nmonitors\/bad\.yaml:2:16 cron_schedule/,
    );
    expect(issue.body).not.toMatch(/<script>|@octocat/);
    await office.run(24);
    expect(office.issues.all).toHaveLength(2);
    expect(issue.comments).toEqual([]);
    await office.workspace.write("monitors/bad.yaml", boardList({ cron_schedule: "not at all" }));
    await office.run(25);
    expect(issue.comments).toMatchObject([{ body: expect.stringContaining("not at all") }]);
    await office.workspace.write("monitors/bad.yaml", boardList({ name: "Good" }));
    await office.run(26);
    expect(issue).toMatchObject({
      state: "closed",
      state_reason: "completed",
      comments: [{}, { body: expect.stringContaining("monitors/bad.yaml is fixed") }],
    });
    await office.run(27);
    expect(issue.comments).toHaveLength(2);
  });

  it("of a list is told although no list that can be read tells by issues", async () => {
    await using office = await openOffice({ "partwatch.yaml": CONFIG, "monitors/bad.yaml": "name: 1\n" });
    await office.run(23);
    expect(titles(office)).toEqual(["open: [Partwatch] Configuration problem: monitors/bad.yaml is broken"]);
  });
});

describe("a trouble of which there is very much to say", () => {
  it("is told in whole lines that GitHub takes, in German where the lists are", async () => {
    const github = await githubApi();
    const settings = { ...github, token, repository: "acme/lists" };
    const [clock, log] = [testClock(), testLog()];
    const connect = async () => connectGithub({ settings, clock, log });
    const admin = createIssueAdmin({ connect, clock, labels: [], assignees: [], language: "de", timezone: "UTC" });
    const cause = Array.from({ length: 90 }, (_, line) => `${line}: ${"<&> ".repeat(400)}`).join("\n");
    const at = new Date("2026-11-23T07:00:00Z");
    const links = { inventree: "", repository: "acme/lists" };
    const monitors = Array.from({ length: 300 }, () => "*_".repeat(100));
    const notice = { kind: "opened", key: "file:monitors/bad.yaml", since: at, at, cause, monitors, links } as const;
    const receipt = await admin.notify(notice, log);
    expect(receipt).toMatchObject({ kind: "accepted", ref: "11" });
    const { title, body } = issueIn(github.world.issues, 11);
    expect(title).toBe("[Partwatch] Konfigurationsproblem: monitors/bad.yaml ist fehlerhaft");
    expect(body).toMatch(/<pre>0: &lt;&amp;&gt; [^\n]*\n1: [\s\S]*\n…<\/pre>/);
    expect(await admin.notify({ ...notice, cause: `x\n${cause}`, ref: "11" }, log)).toMatchObject({ kind: "accepted" });
    expect(issueIn(github.world.issues, 11).comments).toHaveLength(1);
  });
});

describe("an outage", () => {
  it("of InvenTree is one issue from beginning to end, and leaves the issues of lists alone", async () => {
    await using office = await openOffice(FILES);
    await office.run(23);
    office.workspace.inventree.faults.down = true;
    await office.run(24);
    await office.run(24, { minutes: 30 });
    expect(titles(office)[1]).toBe("open: [Partwatch] Outage: InvenTree is unreachable");
    expect(office.issues.all).toHaveLength(2);
    expect(issueIn(office.issues, 12).body).toMatch(/Board batch/);
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "open", comments: [] });
    office.workspace.inventree.faults.down = false;
    await office.run(25);
    expect(issueIn(office.issues, 12)).toMatchObject({
      state: "closed",
      comments: [{ body: expect.stringContaining("is reachable again") }],
    });
    office.workspace.inventree.faults.down = true;
    await office.run(26);
    expect(titles(office)[2]).toBe("open: [Partwatch] Outage: InvenTree is unreachable");
  });

  it("of the mail server is told by an issue, and that it is over too", async () => {
    await using office = await openOffice(FILES);
    office.workspace.sink.behave({ connect: () => "drop" });
    await office.run(23);
    expect(titles(office)).toContain("open: [Partwatch] Outage: Mail cannot be delivered");
    office.workspace.sink.behave({});
    await office.run(23, { minutes: 30 });
    expect(titles(office)).toContain("closed: [Partwatch] Outage: Mail cannot be delivered");
  });

  it("of several addresses is one issue, which is closed when the last of them works again", async () => {
    const list = boardList({ recipients: "[a@example.com, b@example.com, c@example.com]" });
    await using office = await openOffice({ ...FILES, "monitors/board.yaml": list });
    const refused = new Set(["b@example.com", "c@example.com"]);
    const { sink, inventree } = office.workspace;
    sink.behave({
      recipient: (address) => (refused.has(address) ? { code: 550, text: "5.1.1 no such user" } : undefined),
    });
    await office.run(23);
    expect(titles(office)[1]).toBe(
      "open: [Partwatch] Configuration problem: Mail to b@example.com and 1 other is refused",
    );
    refused.delete("b@example.com");
    putStock(inventree, CHIP, 3);
    await office.run(24);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", comments: [] });
    refused.clear();
    putStock(inventree, CHIP, 2);
    await office.run(25);
    expect(issueIn(office.issues, 12)).toMatchObject({
      state: "closed",
      comments: [{ body: expect.stringContaining("Mail to c<span>@</span>example.com is accepted again") }],
    });
    expect(JSON.stringify(await office.workspace.state("system.json"))).not.toContain("address:");
    await office.run(26);
    expect(issueIn(office.issues, 12).comments).toHaveLength(1);
  });

  it("of a webhook that no list names any more is over, and its issue closed", async () => {
    const named = (more: Readonly<Record<string, string>>) => boardList({ cron_schedule: '"*/30 * * * *"', ...more });
    const both = "{ webhook: { url_env: STOCK_URL } }";
    await using office = await openOffice({ ...FILES, "monitors/board.yaml": named({ channels: both }) });
    // Nobody listens there.
    const env = { STOCK_URL: "http://127.0.0.1:9/stock-hook" };
    await office.run(23, { env });
    expect(titles(office)[1]).toBe("open: [Partwatch] Outage: The webhook of STOCK_URL cannot be called");
    await office.workspace.write("monitors/board.yaml", `${named({})}oops: 1\n`);
    await office.run(23, { minutes: 30 });
    expect(issueIn(office.issues, 12).state).toBe("open");
    await office.workspace.write("monitors/board.yaml", named({}));
    await office.run(24);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "closed", comments: [{}] });
    expect(await office.workspace.state("system.json")).not.toHaveProperty(["webhook:STOCK_URL"]);
  });

  it("whose issue somebody has closed or deleted gets no other one, and no comment when it is over", async () => {
    await using office = await openOffice(FILES);
    office.workspace.inventree.faults.down = true;
    await office.run(23);
    const issue = issueIn(office.issues, 11);
    close(issue, "completed");
    await office.run(24);
    expect(issue.state).toBe("closed");
    remove(office.issues, 11);
    office.workspace.inventree.faults.down = false;
    await office.run(25);
    expect(titles(office)).toEqual(["open: [Partwatch] Board batch: parts short"]);
    expect(await office.workspace.state("system.json")).not.toHaveProperty("default/unreachable");
  });

  it("that could not be told by an issue is told by mail once, and by an issue with the next run", async () => {
    await using office = await openOffice(FILES);
    const admins = { env: { ADMIN_EMAIL_RECIPIENTS: "admin@example.com" } };
    office.workspace.inventree.faults.down = true;
    office.issues.permission = "none";
    await office.run(23, admins);
    office.issues.permission = "write";
    await office.run(23, { ...admins, minutes: 30 });
    expect(office.workspace.sink.mails()).toHaveLength(1);
    expect(titles(office)).toEqual(["open: [Partwatch] Outage: InvenTree is unreachable"]);
  });
});
