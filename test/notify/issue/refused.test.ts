import { describe, expect, it } from "vitest";
import { primaryRateLimit, secondaryRateLimit } from "../../support/github-api/answers.ts";
import { issueIn } from "../../support/github-api/issues-world.ts";
import { type Office, openOffice } from "../../support/people-fixture.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";
import { inside } from "../../support/workspace.ts";

const channels = "{ issue: { active: true, labels: [stock], assignees: [octocat] } }";
const ONE = { "monitors/board.yaml": boardList({ recipients: "[]", channels }) };
const BOTH = { "monitors/board.yaml": boardList({ channels }) };

function writes({ github }: Office): readonly string[] {
  return github.requests.map(({ label }) => label).filter((label) => /^(?:POST|PATCH)/.test(label));
}

describe("GitHub that refuses issues", () => {
  it("makes the run red with the line of YAML that mends it; the mail goes out, and the issue is owed", async () => {
    await using office = await openOffice(BOTH);
    office.issues.permission = "none";
    const { failures, outcomes } = await office.run(23);
    expect(failures).toEqual([
      expect.stringMatching(/^board: issue: issues of acme\/lists could not be written: .*403/),
    ]);
    expect(failures[0]).toMatch(/permissions:\n {2}issues: write # \w/);
    expect(outcomes).toMatchObject([
      {
        notifications: {
          deliveries: [
            { channel: "email", outcome: { kind: "accepted" } },
            { channel: "issue", outcome: { kind: "failed" } },
          ],
        },
      },
    ]);
    expect(office.workspace.sink.mails()).toHaveLength(1);
    const state = await office.workspace.state("state/board.json");
    expect(state).toMatchObject({ last_hash: expect.any(String), delivered: { email: {} } });
    expect(state).not.toHaveProperty("delivered.issue");
    expect(await office.workspace.state("system.json")).toMatchObject({
      issue: { cause: expect.stringContaining("403") },
    });
    office.issues.permission = "write";
    expect(await office.run(23, { minutes: 10 })).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "open" });
    expect(office.workspace.sink.mails()).toHaveLength(1);
    expect(await office.workspace.state("system.json")).not.toHaveProperty("issue");
  });

  it("because they are switched off is told where to switch them on", async () => {
    await using office = await openOffice(ONE);
    office.issues.enabled = false;
    const { failures } = await office.run(23);
    expect(failures).toEqual([expect.stringContaining("Settings → General → Features → Issues")]);
  });

  it("with a token that has expired is told so, and the token stands nowhere", async () => {
    await using office = await openOffice(ONE);
    const { failures } = await office.run(23, { env: { GITHUB_TOKEN: "ghp_expired" } });
    expect(failures).toEqual([expect.stringMatching(/401: Bad credentials\. The token is wrong or has expired/)]);
    expect(JSON.stringify([failures, office.lines])).not.toContain("ghp_expired");
  });

  it("to a comment for another reason than a lock is owed it", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    const answer = { status: 403, body: { message: "Repository access blocked" } };
    office.github.misbehave({ on: /^POST .*\/comments$/, how: { kind: "answer", answer } });
    expect((await office.run(24)).failures).toEqual([expect.stringContaining("Repository access blocked")]);
    expect(await office.run(24, { minutes: 10 })).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11).comments).toHaveLength(1);
  });

  it("because somebody cannot be assigned opens the issue without them alone, and says so", async () => {
    const own = boardList({ recipients: "[]", channels: channels.replace("octocat", "nobody-here, tess, gone") });
    await using office = await openOffice({ "monitors/board.yaml": own });
    expect(await office.run(23)).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11)).toMatchObject({ labels: ["stock"], assignees: ["tess"] });
    expect(office.lines.join("\n")).toContain("it is opened without the assignees nobody-here, gone");
  });

  it("and does not say who can be assigned is asked again by the next run: nobody is left out by chance", async () => {
    const own = boardList({ recipients: "[]", channels: channels.replace("octocat", "nobody-here, tess") });
    await using office = await openOffice({ "monitors/board.yaml": own });
    office.github.misbehave({ on: /^GET .*\/assignees\/tess$/, times: 99, how: { kind: "drop" } });
    expect((await office.run(23)).failures).toHaveLength(1);
    expect(office.issues.all).toEqual([]);
  });

  it("because of its labels opens it without them, and says so", async () => {
    await using office = await openOffice(ONE);
    const answer = { status: 422, body: { message: "Validation Failed" } };
    office.github.misbehave({ on: /^POST .*\/issues$/, how: { kind: "answer", answer } });
    expect(await office.run(23)).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11)).toMatchObject({ labels: [], assignees: ["octocat"] });
    expect(office.lines.join("\n")).toContain("it is opened without the labels stock");
  });

  it("is asked once a run only, however many lists tell by issues", async () => {
    const lists = [1, 2, 3].map((n) => [
      `monitors/list-${n}.yaml`,
      boardList({ name: `List ${n}`, recipients: "[]", channels }),
    ]);
    await using office = await openOffice(Object.fromEntries(lists));
    office.issues.permission = "none";
    expect((await office.run(23)).failures).toHaveLength(3);
    expect(office.github.requests).toHaveLength(1);
  });
});

describe("GitHub that answers badly", () => {
  it.each([
    ["lost", { kind: "lose" }],
    ["cut off", { kind: "cut" }],
    ["dropped before anything was done", { kind: "drop" }],
  ] as const)("opens one issue although the answer was %s", async (_, how) => {
    await using office = await openOffice(ONE);
    office.github.misbehave({ on: /^POST .*\/issues$/, how });
    expect(await office.run(23)).toMatchObject({ failures: [] });
    expect(office.issues.all).toHaveLength(1);
  });

  it.each([
    ["lost", { kind: "lose" }],
    ["dropped before anything was done", { kind: "drop" }],
  ] as const)("gets one comment although the answer was %s", async (_, how) => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    office.github.misbehave({ on: /^POST .*\/comments$/, how });
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11).comments).toHaveLength(1);
  });

  it.each([403, 429] as const)(
    "with a limit for too much at once (%i) is waited for as long as it asks",
    async (status) => {
      await using office = await openOffice(ONE);
      office.github.misbehave({
        on: /^POST .*\/issues$/,
        how: { kind: "answer", answer: secondaryRateLimit(status, 60) },
      });
      expect(await office.run(23)).toMatchObject({ failures: [] });
      expect(office.issues.all).toHaveLength(1);
    },
  );

  it("with the limit of the hour is not waited for: the issue is owed, and the admins hear why", async () => {
    await using office = await openOffice(ONE);
    const limit = primaryRateLimit(Date.UTC(2026, 2, 2, 8) / 1000);
    office.github.misbehave({ on: /^POST .*\/issues$/, how: { kind: "answer", answer: limit } });
    expect(await office.run(23)).toMatchObject({ failures: [expect.stringContaining("rate limit for this token")] });
    expect(await office.workspace.state("system.json")).toMatchObject({
      issue: { cause: expect.stringContaining("API rate limit exceeded") },
    });
    expect(await office.run(23, { minutes: 10 })).toMatchObject({ failures: [] });
    expect(office.issues.all).toHaveLength(1);
  });

  it("and never to a comment is told again by the next run, which writes the comment once", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    putStock(office.workspace.inventree, CHIP, 2);
    office.github.misbehave({ on: /^POST .*\/comments$/, times: 3, how: { kind: "drop" } });
    expect((await office.run(24)).failures).toHaveLength(1);
    expect(await office.run(24, { minutes: 10 })).toMatchObject({ failures: [] });
    expect(issueIn(office.issues, 11).comments).toHaveLength(1);
    expect(issueIn(office.issues, 11).body).toContain("<td>8</td>");
  });

  it("and then not at all leaves no issue behind that says what is not true any more", async () => {
    const untilOver = async ({ run, workspace }: Office) => {
      await run(21);
      putStock(workspace.inventree, CHIP, 100);
      await run(22);
      putStock(workspace.inventree, CHIP, 5);
    };
    await using undisturbed = await openOffice(ONE);
    await untilOver(undisturbed);
    const already = undisturbed.github.requests.length;
    await undisturbed.run(23);
    const labels = undisturbed.github.requests.slice(already).map(({ label }) => label);
    const readFirst = labels.slice(
      0,
      labels.findIndex((label) => /^POST .*\/issues$/.test(label)),
    );
    await using office = await openOffice(ONE);
    await untilOver(office);
    // What it reads before is answered; then it opens a new issue, and hears neither of that nor of what is there.
    const times = readFirst.filter((label) => label.startsWith("GET")).length;
    office.github.misbehave({ on: /^GET/, times, how: { kind: "first", run: async () => {} } });
    const outage = { on: /^GET/, times: 999, how: { kind: "drop" } as const };
    office.github.misbehave(outage);
    office.github.misbehave({ on: /^POST .*\/issues$/, times: 9, how: { kind: "lose" } });
    expect((await office.run(23)).failures).toHaveLength(1);
    expect(office.issues.all.map(({ state }) => state)).toEqual(["closed", "open"]);
    outage.on = /^$/;
    putStock(office.workspace.inventree, CHIP, 100);
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(office.issues.all.map(({ state }) => state)).toEqual(["closed", "closed"]);
  });

  it("to reading only leaves everything as it is, with a warning, where nothing is to be told", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    const before = writes(office).length;
    office.github.misbehave({ on: /^GET/, times: 99, how: { kind: "drop" } });
    expect(await office.run(24)).toMatchObject({ failures: [] });
    expect(office.lines.join("\n")).toMatch(/warning issues were not read/);
    expect(writes(office)).toHaveLength(before);
  });
});

describe("GitHub that gives no answer", () => {
  it("costs its patience once a run, however many issues there are to read", async () => {
    const lists = [1, 2, 3].map((n) => [
      `monitors/list-${n}.yaml`,
      boardList({ name: `List ${n}`, recipients: "[]", channels }),
    ]);
    await using office = await openOffice(Object.fromEntries(lists));
    await office.run(23);
    const before = office.github.requests.length;
    office.github.misbehave({ on: /^GET/, times: 999, how: { kind: "drop" } });
    expect(await office.run(24)).toMatchObject({ failures: [] });
    const asked = office.github.requests.slice(before).map(({ label }) => label);
    expect(new Set(asked)).toEqual(new Set(["GET /repos/acme/lists/issues/11"]));
    expect(office.lines.filter((line) => line.startsWith("warning issues were not read"))).toHaveLength(1);
  });
});

describe("two runs at once", () => {
  it("leave one open issue", async () => {
    await using office = await openOffice(ONE);
    office.github.misbehave({
      on: /^POST .*\/issues$/,
      how: { kind: "first", run: async () => void (await office.run(23)) },
    });
    await office.run(23);
    // The second finds that the first is sending.
    expect(office.issues.all.map(({ number, state }) => [number, state])).toEqual([[11, "open"]]);
    expect(await office.workspace.state("state/board.json")).toMatchObject({ delivered: { issue: { ref: "11" } } });
    await office.run(24);
    expect(office.issues.all.filter(({ state }) => state === "open")).toHaveLength(1);
  });
});

describe("a laptop", () => {
  it("without token is told in words what is missing, before anything is asked or sent", async () => {
    await using office = await openOffice(BOTH);
    await expect(office.run(23, { env: { GITHUB_TOKEN: undefined } })).rejects.toThrow(
      /GITHUB_TOKEN: is not set, .*monitors\/board\.yaml has the channel issue: set GITHUB_TOKEN/,
    );
    await expect(office.run(23, { env: { GITHUB_REPOSITORY: undefined } })).rejects.toThrow(
      /GITHUB_REPOSITORY=owner\/name/,
    );
    expect(office.workspace.sink.connections()).toBe(0);
  });

  it("asks in a dry run without token what would be told; with it, people's decisions count, and nothing is written", async () => {
    await using office = await openOffice(ONE);
    const { outcomes } = await office.run(23, { dryRun: true, env: { GITHUB_TOKEN: undefined } });
    expect(outcomes).toMatchObject([
      { notifications: { deliveries: [{ channel: "issue", outcome: { kind: "would_notify" } }] } },
    ]);
    await office.run(23);
    issueIn(office.issues, 11).state = "closed";
    issueIn(office.issues, 11).state_reason = "not_planned";
    const before = writes(office).length;
    const again = await office.run(24, { dryRun: true });
    expect(again.outcomes).toMatchObject([{ checked: { alerts: [{ state: "dismissed" }] } }]);
    expect(writes(office)).toHaveLength(before);
  });
});

describe("a list that is gone", () => {
  it("leaves a closed issue with a comment; its state goes only then", async () => {
    await using office = await openOffice({ ...ONE, "monitors/other.yaml": boardList({ name: "Other" }) });
    await office.run(23);
    await office.workspace.remove("monitors/board.yaml");
    office.github.misbehave({ on: /^GET .*\/issues\/11$/, times: 99, how: { kind: "drop" } });
    await office.run(24);
    expect(await office.workspace.state("state/board.json")).toBeDefined();
  });

  it("is closed, and what is opened of that name later gets an issue of its own", async () => {
    await using office = await openOffice({ ...ONE, "monitors/other.yaml": boardList({ name: "Other" }) });
    await office.run(23);
    await office.workspace.remove("monitors/board.yaml");
    await office.run(24);
    expect(issueIn(office.issues, 11)).toMatchObject({
      state: "closed",
      comments: [{ body: expect.stringContaining("This list is gone") }],
    });
    expect(await office.workspace.state("state/board.json")).toBeUndefined();
    await office.workspace.write("monitors/board.yaml", ONE["monitors/board.yaml"]);
    await office.run(25);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open" });
  });
});

describe("a list that no longer speaks in issues", () => {
  const ISSUE = "{ issue: { active: true } }";

  it.each([
    ["as it is switched off", { active: "false" }, "This list is switched off"],
    ["as it notifies by mail now", { recipients: "[a@example.com]", channels: "{}" }, "no longer notifies by issue"],
  ])("has its issue closed with a comment, once, %s", async (_, fields, said) => {
    await using office = await openOffice({ ...ONE, "monitors/other.yaml": boardList({ name: "Other" }) });
    await office.run(23);
    const list = { recipients: "[]", channels: ISSUE, ...fields };
    await office.workspace.write("monitors/board.yaml", boardList(list));
    for (const day of [24, 25]) await office.run(day);
    const issue = issueIn(office.issues, 11);
    expect(issue).toMatchObject({ state: "closed", comments: [{ body: expect.stringContaining(said) }] });
    expect(issue.comments).toHaveLength(1);
    expect(inside(await office.workspace.state("state/board.json"), "delivered", "issue")).toBeUndefined();
    // Should it come back, people find all of it in a new one.
    await office.workspace.write("monitors/board.yaml", boardList({ recipients: "[]", channels: ISSUE }));
    await office.run(26);
    expect(issueIn(office.issues, 12)).toMatchObject({ state: "open", body: expect.stringContaining(">Chip<") });
  });

  it("is left alone by a run that cannot read partwatch.yaml", async () => {
    await using office = await openOffice(ONE);
    await office.run(23);
    await office.workspace.write("partwatch.yaml", "language: klingon\n");
    await office.workspace.write(
      "monitors/board.yaml",
      boardList({ recipients: "[]", channels: ISSUE, active: "false" }),
    );
    await office.run(24);
    expect(issueIn(office.issues, 11)).toMatchObject({ state: "open", comments: [] });
  });
});
