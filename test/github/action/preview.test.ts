import { describe, expect, it } from "vitest";
import { board, chips, mails, YEARLY } from "../../support/action-lists.ts";
import { shownLog } from "../../support/action-log.ts";
import { openPullRequest } from "../../support/pull-request.ts";
import { boardList } from "../../support/small-product.ts";

const DAILY = { cron_schedule: '"10 7 * * 1-5"', timezone: "Europe/Berlin" };
const boards = (quantity: number, more: Readonly<Record<string, string>> = {}) =>
  boardList({ ...YEARLY, parts: `[{ name: Board, quantity: ${quantity} }]`, ...more });

describe("the preview of a pull request", () => {
  it("that adds a list says which parts it means, what is short, whom it would notify, and when it runs", async () => {
    await using request = await openPullRequest(board);
    const parts = "[{ name: Board, quantity: 10 }, { ipn: RES-1, quantity: 7 }, { name: Bored, quantity: 2 }]";
    await request.propose({ "monitors/new.yaml": boardList({ ...DAILY, name: "New batch", parts }) });
    const { code, outputs, summary } = await request.preview();
    expect({ code, outputs }).toMatchObject({ code: 0, outputs: { checked: "1", failed: "0" } });
    const [body = "", ...others] = request.bodies();
    expect(others).toEqual([]);
    expect(body).toMatch(/^<!-- partwatch preview -->\n/);
    expect(body).toContain("| Board | Board | PCA-1 | 1 | 10 |");
    expect(body).toContain("| Resistor 0402: 10k | RES-1 | 2 | 7 |");
    expect(body).toMatch(/\| Bored \| \*\*unresolved\*\*: .* \| {2}\| {2}\| 2 \|/);
    expect(body).toMatch(/^\| Chip \| IC-1 \|.*\| 5 \|/m);
    expect(body).toContain("**Would be notified**: `stock@example.com` by mail (its first check always notifies)");
    expect(body).toContain("At 07:10, Monday through Friday (`10 7 * * 1-5`, Europe/Berlin)");
    const [, runs = ""] = /\*\*Next runs\*\*: (.*)/.exec(body) ?? [];
    expect(runs.split(" · ")).toHaveLength(5);
    for (const run of runs.split(" · ")) expect(run).toMatch(/^(Mon|Tue|Wed|Thu|Fri), .*07:10 (CET|CEST|GMT\\\+[12])$/);
    expect(summary).toContain("| Board | Board | PCA-1 | 1 | 10 |");
  });

  it("tells nobody, remembers nothing, and shows no secret and no address of a server", async () => {
    await using request = await openPullRequest(board);
    const channels = "channels: { webhook: { url_env: STOCK_CHAT, format: slack } }";
    await request.propose({ "monitors/chips.yaml": `${chips}${channels}\n` });
    const { log, summary } = await request.preview({ env: { STOCK_CHAT: "https://chat.example/T0/x9y8z7" } });
    expect(mails(request.runner)).toEqual([]);
    expect(request.runner.sink.connections()).toBe(0);
    expect(await request.runner.commits()).toEqual([]);
    const { host } = new URL(request.runner.inventree.url);
    expect(request.bodies()[0]).toContain("the webhook in `STOCK_CHAT`");
    for (const secret of ["inv-9f2b71c4d0e85a3b", "ghs_4f1d0b7a9c2e6385", "x9y8z7", host])
      expect(request.bodies().join("\n")).not.toContain(secret);
    expect(shownLog(log) + summary).not.toMatch(/inv-9f2b71c4d0e85a3b|ghs_4f1d0b7a9c2e6385|x9y8z7/);
    expect(log).toContain("The comment is created.");
  });

  it("is one comment, updated in place with each push", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    const [first] = request.pull.comments.map(({ id }) => id);
    await request.propose({ "monitors/new.yaml": boardList({ ...YEARLY, name: "Another batch" }) });
    await request.preview();
    expect(request.pull.comments.map(({ id }) => id)).toEqual([first]);
    expect(request.bodies()[0]).toContain("Another batch");
    expect(request.bodies()[0]).not.toContain("Chips");
  });

  it("that edits a list compares it, and the plan that it is in, with what was, with the same stock", async () => {
    const plan = boardList({ ...YEARLY, name: "Plan", lists: "all" }).replace(/^parts: .*\n/m, "");
    await using request = await openPullRequest({ ...board, "monitors/plan.yaml": plan });
    const after = boards(12, { recipients: "[buyer@example.com]", cron_schedule: '"10 7 * * *"' });
    await request.propose({ "monitors/board.yaml": after });
    await request.preview();
    const [body = ""] = request.bodies();
    expect(body).toContain("`monitors/board.yaml`, edited: `parts`, `cron_schedule`, `recipients`");
    expect(body.match(/\| worse \| Chip \| short \| 5 \| 7 \|/g)).toHaveLength(2);
    expect(body).toContain("`monitors/plan.yaml`, a plan of 1 list, edited: `lists` (`board`)");
    expect(body).toContain("| board: Board | Board | PCA-1 | 1 | 12 |");
    expect(body).toContain("**New recipients**: `buyer@example.com`");
    expect(body).toContain("**Recipients no longer**: `stock@example.com`");
    expect(body).toMatch(/\*\*Schedule\*\*: At 07:10 \(`10 7 \* \* \*`, UTC\); before: .*`17 3 1 1 \*`/);
  });

  it("counts against what was last notified: who would hear nothing new is not named", async () => {
    await using request = await openPullRequest(board);
    await request.runner.run({ event: "schedule" });
    await request.propose({ "monitors/board.yaml": `# a word\n${boards(10, { description: "The same" })}` });
    await request.preview();
    expect(request.bodies()[0]).toContain("**Would be notified**: nobody: nothing that counts has changed");
    await request.propose({ "monitors/board.yaml": boards(12) });
    await request.preview();
    expect(request.bodies()[0]).toContain("(the result differs from the last notification)");
    expect(mails(request.runner)).toHaveLength(1);
  });

  it("that changes only words asks no server", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/board.yaml": `# Mind the connectors.\n${board["monitors/board.yaml"]}` });
    await request.preview();
    expect(request.bodies()[0]).toContain("Only wording changed");
    expect(request.runner.inventree.requests()).toEqual([]);
  });

  it("that deletes a list says who is not told any more, and what is forgotten", async () => {
    await using request = await openPullRequest({ ...board, "monitors/chips.yaml": chips });
    await request.runner.run({ event: "schedule" });
    await request.propose({ "monitors/board.yaml": null });
    await request.preview();
    const [body = ""] = request.bodies();
    expect(body).toContain("`monitors/board.yaml`, deleted");
    expect(body).toContain("No longer notified: `stock@example.com`");
    expect(body).toContain("(open alerts: 1)");
  });

  it("that renames a list says what happens to its memory", async () => {
    await using request = await openPullRequest(board);
    const text = board["monitors/board.yaml"];
    await request.propose({ "monitors/board.yaml": null, "monitors/ten.yaml": text });
    await request.preview();
    expect(request.bodies()[0]).toContain("`monitors/ten.yaml`, renamed from `monitors/board.yaml`");
    expect(request.bodies()[0]).toContain("add `id: board`");
    await request.propose({ "monitors/board.yaml": null, "monitors/ten.yaml": `${text}id: board\n` });
    await request.preview();
    expect(request.bodies()[0]).toContain("renamed from `monitors/board.yaml`");
    expect(request.bodies()[0]).not.toContain("starts anew");
    expect(request.bodies()[0]).not.toContain("deleted");
  });

  it("that deletes one list and adds another takes neither for the other, however alike the files are", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/board.yaml": null, "monitors/chips.yaml": chips });
    await request.preview();
    expect(request.bodies()[0]).toContain("Monitors: 1 added, 1 deleted.");
    await request.propose({ "monitors/board.yaml": null, "monitors/chips.yaml": `${chips}typo: true\n` });
    await request.preview();
    expect(request.bodies()[0]).toContain("Monitors: 1 deleted. 1 file is broken.");
  });

  it("is in English also where the mails are in German", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/board.yaml": boards(12, { language: "de" }) });
    await request.preview();
    expect(request.bodies()[0]).toContain("**Today**: 1 part is short");
    expect(request.bodies()[0]).toContain("### To order");
  });

  it("is short: numbers that the change moves, entries that are new or mean nothing; the rest can be opened", async () => {
    await using request = await openPullRequest({
      "monitors/board.yaml": boards(10, { parts: "[{ name: Board, quantity: 10 }, { ipn: RES-1, quantity: 7 }]" }),
    });
    const parts = "[{ name: Board, quantity: 12 }, { ipn: RES-1, quantity: 7 }, { name: Bored, quantity: 2 }]";
    await request.propose({ "monitors/board.yaml": boards(10, { parts }) });
    await request.preview();
    const [body = ""] = request.bodies();
    const [open = "", folded = ""] = body.split("<details>");
    expect(open).toMatch(/\*\*Today\*\*: .* → /);
    expect(open).toContain("### Entries that are new, changed or unresolved");
    expect(open).toContain("| Board | Board | PCA-1 | 1 | 12 |");
    expect(open).toContain("| Bored | **unresolved**");
    expect(open).not.toMatch(/RES-1|Next runs|### To order/);
    expect(folded).toMatch(
      /<summary>When it runs, and today's result<\/summary>\n\n\*\*Schedule\*\*: [\s\S]*### To order/,
    );
    await request.propose({
      "monitors/board.yaml": boards(10, { parts: "[{ name: Board, quantity: 10 }, { ipn: RES-1, quantity: 8 }]" }),
    });
    await request.preview();
    expect(request.bodies()[0]).toContain("With today's stock the change makes no difference to what is short.");
    expect(request.bodies()[0]).not.toContain("### To order");
  });

  it("that is taken back says so; one that changes no list says nothing", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "README.md": "Our lists\n" });
    const nothing = await request.preview();
    expect(nothing).toMatchObject({ code: 0, outputs: { failed: "0" } });
    expect(request.bodies()).toEqual([]);
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    await request.propose({ "README.md": "Our lists\n" });
    await request.preview();
    expect(request.bodies()).toEqual([expect.stringContaining("The change was reverted")]);
    expect(request.bodies()[0]).not.toContain("Chips");
  });

  it("shows what partwatch.yaml makes of lists that stay as they are", async () => {
    await using request = await openPullRequest({ ...board, "partwatch.yaml": "language: en\n" });
    await request.propose({ "partwatch.yaml": "policy: { in_production: ignore }\nnotify_condition: always\n" });
    await request.preview();
    expect(request.bodies()[0]).toContain("`monitors/board.yaml`, edited: `policy`, `notify_condition`");
    await request.propose({ "partwatch.yaml": "limits: { parts: 5 }\n" });
    await request.preview();
    expect(request.bodies()[0]).toContain("`partwatch.yaml` is changed; no monitor becomes another by it.");
  });
});

describe("the preview of a pull request in which something is wrong", () => {
  it("names recipients that are not allowed, and shows the effect all the same", async () => {
    await using request = await openPullRequest({ ...board, "partwatch.yaml": "allowed_recipients: [example.com]\n" });
    const recipients = "[stock@example.com, eve@other.example]";
    await request.propose({ "monitors/board.yaml": boards(12, { recipients }) });
    const { code } = await request.preview();
    expect(code).toBe(0);
    const [body = ""] = request.bodies();
    expect(body).toContain("**Not allowed**: `eve@other.example`");
    expect(body).toContain("nobody, while the file is broken");
    expect(body).toContain("| worse | Chip | short | 5 | 7 |");
  });

  it("lists the problems of broken files, and shows the others", async () => {
    await using request = await openPullRequest(board);
    const bad = boardList({ cron_schedule: '"61 7 * * *"' });
    await request.propose({ "monitors/bad.yaml": bad, "monitors/chips.yaml": chips });
    const { code } = await request.preview();
    const [body = ""] = request.bodies();
    expect(code).toBe(0);
    expect(body).toContain("1 file is broken.");
    expect(body).toMatch(/^- monitors\/bad\.yaml:2:16 cron\\_schedule: .*0-59/m);
    expect(body).toContain("| ipn=IC-1 | Chip | IC-1 | 3 | 2 |");
  });

  it("says that partwatch.yaml is broken, and that its lists wait for it", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "partwatch.yaml": "timezone: Mars/Base\n", "monitors/chips.yaml": chips });
    await request.preview();
    expect(request.bodies()[0]).toMatch(/^- partwatch\.yaml:1:11 timezone: /m);
    expect(request.bodies()[0]).toContain("It can be looked at when `partwatch.yaml` is fixed.");
  });

  it("shows a file that it breaks without touching it, and not one that was broken before", async () => {
    await using request = await openPullRequest({ ...board, "monitors/old.yaml": "name: Old\n" });
    await request.propose({ "monitors/twin.yaml": `${boards(2)}id: board\n` });
    await request.preview();
    const [body = ""] = request.bodies();
    expect(body).toContain("## `monitors/board.yaml`");
    expect(body).toContain("is also the id of monitors/twin.yaml");
    expect(body).toContain("Broken before, and not by this pull request: `monitors/old.yaml`.");
  });

  it("says in words that InvenTree refuses, and leaves the step green", async () => {
    await using request = await openPullRequest(board);
    request.runner.inventree.faults.add({ fault: { kind: "answer", status: 401, body: { detail: "Invalid token." } } });
    await request.propose({ "monitors/chips.yaml": chips });
    const { code, annotations, outputs } = await request.preview();
    expect({ code, failed: outputs.failed }).toEqual({ code: 0, failed: "1" });
    expect(annotations).toMatchObject([{ kind: "warning", file: "monitors/chips.yaml" }]);
    expect(request.bodies()[0]).toMatch(/\*\*Today\*\* is not known: it could not be checked\. .*401/);
    expect(request.bodies()[0]).toContain("**Would be notified**: not known");
  });

  it("does not give away where InvenTree stands, in whatever words the failure comes", async () => {
    await using request = await openPullRequest(board);
    const { inventree } = request.runner;
    const { host } = new URL(inventree.url);
    const headers = { location: `https://${host}/login/` };
    inventree.faults.add({ fault: { kind: "answer", status: 302, headers, body: "" } });
    await request.propose({ "monitors/chips.yaml": chips });
    await request.preview();
    expect(request.bodies()[0]).toMatch(/302: redirects to https\S*InvenTree/);
    expect(request.bodies()[0]).not.toContain(host);
  });

  it("says which settings are missing", async () => {
    await using request = await openPullRequest(board);
    await request.propose({ "monitors/chips.yaml": chips });
    const { code } = await request.preview({ env: { INVENTREE_URL: "", INVENTREE_API_TOKEN: "" } });
    expect(code).toBe(0);
    expect(request.bodies()[0]).toContain("INVENTREE\\_URL: is not set");
    expect(request.bodies()[0]).toContain("**Next runs**");
  });

  it("says that nobody knows what would be told while the state cannot be read", async () => {
    await using request = await openPullRequest(board);
    request.runner.github.misbehave({
      on: /^query/,
      times: 99,
      how: { kind: "answer", answer: { status: 403, body: { message: "Resource not accessible by integration" } } },
    });
    await request.propose({ "monitors/board.yaml": boards(12) });
    const { code } = await request.preview();
    expect(code).toBe(0);
    expect(request.bodies()[0]).toContain("**Would be notified**: not known: could not read the state");
    expect(request.bodies()[0]).toContain("| worse | Chip | short | 5 | 7 |");
  });
});
