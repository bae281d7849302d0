import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { inside, openWorkspace, PASSWORD, type Workspace } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };
const user = { name: "mailer", password: PASSWORD };
const login = { EMAIL_USERNAME: user.name, EMAIL_PASSWORD: PASSWORD };

function subjects({ sink }: Workspace) {
  return sink.mails().map(({ parsed }) => parsed.subject);
}

describe.concurrent("a mail server that is down", () => {
  it("makes the run red, and the next run tells what is owed, and the admins that it is over", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.sink.behave({ connect: () => ({ code: 421, text: "4.3.2 Shutting down" }) });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/mail not accepted: .* attempt=1 of=4 wait_ms=\d+/);
    expect(run.outText).toContain("4.3.2 Shutting down");
    expect(subjects(workspace)).toEqual([]);
    expect(inside(await workspace.state("state/board.json"), "last_hash") ?? null).toBeNull();
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      board: { last_run: { outcome: "failed", error: { kind: "mail", retryable: true } } },
    });
    expect(await workspace.state("system.json")).toMatchObject({ mail: { since: "2026-11-23T07:00:00.000Z" } });
    workspace.sink.behave({});
    const next = await workspace.partwatch(["run", ...onDay(23, 10)]);
    expect(next).toMatchObject({ code: 0, outText: expect.stringContaining("email (first): stock@example.com") });
    expect(subjects(workspace)).toEqual([
      "[Partwatch] Board batch: parts short",
      expect.stringContaining("Mail is delivered again"),
    ]);
    await workspace.partwatch(["run", ...onDay(24)]);
    expect(subjects(workspace)).toHaveLength(2);
  });

  it("costs the patience of one list only, however many lists there are", async () => {
    const lists = [1, 2, 3, 4].map((n) => [`monitors/list-${n}.yaml`, boardList({ name: `List ${n}` })] as const);
    await using workspace = await openWorkspace({ files: Object.fromEntries(lists) });
    workspace.sink.behave({ connect: () => "drop" });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    // Four attempts for the first list, four to tell the admins.
    expect(workspace.sink.connections()).toBeLessThanOrEqual(8);
    workspace.sink.behave({});
    expect(await workspace.partwatch(["run", ...onDay(23, 10)])).toMatchObject({ code: 0 });
    expect(subjects(workspace)).toHaveLength(5);
  });
});

describe.concurrent("a mail server that wants a login", () => {
  it("gets the mail with the right user name and password", async () => {
    await using workspace = await openWorkspace({ ...oneList, mail: { user } });
    expect(await workspace.partwatch(["run", ...onDay(23)], { env: login })).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()).toMatchObject([{ user: "mailer" }]);
  });

  it("refuses a wrong password in words that say what to do: no stack, no password, no second attempt", async () => {
    await using workspace = await openWorkspace({ ...oneList, mail: { user: { ...user, password: "another" } } });
    const run = await workspace.partwatch(["run", ...onDay(23)], { env: login });
    expect(run.code).toBe(1);
    expect(run.outText).toMatch(/refused EMAIL_USERNAME\/EMAIL_PASSWORD \(535\): check both secrets/);
    expect(run.errText).not.toContain("attempt=");
    for (const text of [run.stdout, run.stderr]) {
      expect(text).not.toMatch(/^\s+at /m);
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(Buffer.from(PASSWORD).toString("base64"));
    }
  });
});

describe.concurrent("a mail server with TLS", () => {
  const certificate = selfSigned(new Date());

  async function trusting(workspace: Workspace): Promise<Record<string, string>> {
    const file = join(workspace.root, "../ca.pem");
    await writeFile(file, certificate.cert);
    return { NODE_EXTRA_CA_CERTS: file };
  }

  it.each([
    ["STARTTLS", "starttls", { EMAIL_USE_TLS: "true", EMAIL_USE_SSL: "false" }],
    ["TLS from the first byte", "implicit", { EMAIL_USE_TLS: "false", EMAIL_USE_SSL: "true" }],
  ] as const)("gets the mail encrypted by %s when its certificate is trusted", async (_, mode, env) => {
    await using workspace = await openWorkspace({ ...oneList, mail: { user, tls: { mode, ...certificate } } });
    const run = await workspace.partwatch(["run", ...onDay(23)], {
      env: { ...env, ...login, ...(await trusting(workspace)) },
    });
    expect(run).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()).toMatchObject([{ secure: true, user: "mailer" }]);
  });

  it("gets nothing when its certificate is not trusted, and the run says how to trust it", async () => {
    await using workspace = await openWorkspace({ ...oneList, mail: { tls: { mode: "starttls", ...certificate } } });
    const run = await workspace.partwatch(["run", ...onDay(23)], { env: { EMAIL_USE_TLS: "true" } });
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("NODE_EXTRA_CA_CERTS") });
    expect(workspace.sink.mails()).toEqual([]);
  });

  it("gets neither mail nor password in the clear when it does not offer the STARTTLS that is asked for", async () => {
    await using workspace = await openWorkspace({ ...oneList, mail: { user } });
    const run = await workspace.partwatch(["run", ...onDay(23)], { env: { ...login, EMAIL_USE_TLS: "true" } });
    expect(run).toMatchObject({ code: 1 });
    expect(workspace.sink.mails()).toEqual([]);
  });
});

describe.concurrent("mail that is switched off for all", () => {
  const off = { env: { GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "false" } };

  it("is neither sent nor owed, and needs no mail settings", async () => {
    await using workspace = await openWorkspace(oneList);
    const bare = { EMAIL_SMTP_SERVER: undefined, EMAIL_SMTP_PORT: undefined, EMAIL_SENDER_ADDRESS: undefined };
    const run = await workspace.partwatch(["run", ...onDay(23)], { env: { ...off.env, ...bare } });
    expect(run).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["run", ...onDay(23, 10)], off)).toMatchObject({
      code: 0,
      outText: expect.stringContaining("Nothing is due."),
    });
    expect(workspace.sink.connections()).toBe(0);
    expect(inside(await workspace.state("runs.json"), "monitors")).toMatchObject({
      board: { last_run: { scheduled_for: "2026-11-23T07:00:00.000Z" } },
    });
  });

  it("tells nobody of trouble either", async () => {
    await using workspace = await openWorkspace({ ...oneList, files: { "monitors/bad.yaml": "name: 1\n" } });
    expect(await workspace.partwatch(["run", ...onDay(23)], off)).toMatchObject({ code: 1 });
    expect(workspace.sink.connections()).toBe(0);
  });

  it("tells once, when it is switched on again, what has changed since it was last notified", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.partwatch(["run", ...onDay(23)]);
    putStock(workspace.inventree, CHIP, 3);
    await workspace.partwatch(["run", ...onDay(24)], off);
    putStock(workspace.inventree, CHIP, 1);
    await workspace.partwatch(["run", ...onDay(25)], off);
    expect(subjects(workspace)).toHaveLength(1);
    await workspace.partwatch(["run", ...onDay(26)]);
    expect(subjects(workspace)).toHaveLength(2);
    expect(workspace.sink.mails()[1]?.parsed.text).toMatch(/^worse +Chip +short +5 +9$/m);
    await workspace.partwatch(["run", ...onDay(27)]);
    expect(subjects(workspace)).toHaveLength(2);
  });
});

describe.concurrent("a mail server that answers alike for everybody", () => {
  it("is one cause and one mail to the admins, and everybody gets theirs when that is mended", async () => {
    const addresses = Array.from({ length: 12 }, (_, index) => `p${index}@partner.example`);
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ recipients: JSON.stringify(addresses) }) },
    });
    workspace.sink.behave({
      recipient: (address) =>
        address.startsWith("admin@") ? undefined : { code: 550, text: `5.7.1 <${address}>: Relay access denied` },
    });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 1 });
    expect(await workspace.partwatch(["run", ...onDay(23, 15)])).toMatchObject({ code: 1 });
    expect(subjects(workspace)).toEqual(["[Partwatch] Mail to p0@partner.example and 11 others is refused"]);
    const [notice] = workspace.sink.mails();
    expect(notice?.parsed.text).toContain("p11@partner.example");
    expect(notice?.parsed.text).toContain("EMAIL_SENDER_ADDRESS may send to these addresses");
    workspace.sink.behave({});
    expect(await workspace.partwatch(["run", ...onDay(23, 30)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails().at(-1)?.to).toEqual(addresses);
    expect(await workspace.state("system.json")).toEqual({ schema_version: 2 });
  });
});

describe.concurrent("a template of one's own", () => {
  it("makes the mails; a broken one is said with its line, and mails have the built-in one, and admins hear of it", async () => {
    const template = (text: string) =>
      `<mjml><mj-body><mj-section><mj-column>\n${text}\n</mj-column></mj-section></mj-body></mjml>\n`;
    const file = "templates/report.mjml";
    await using workspace = await openWorkspace({
      files: {
        ...oneList.files,
        "partwatch.yaml": `mail: { template: ${file} }\n`,
        [file]: template("<mj-text>{{nam}}</mj-text>"),
        // MJML by itself would run this.
        ".mjmlconfig": JSON.stringify({ packages: ["./theirs.cjs"] }),
        "theirs.cjs": 'require("node:fs").writeFileSync("ran", "");\n',
      },
    });
    const words = `${file}:2: {{nam}}: there is no such name here; did you mean name?`;
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 1, outText: expect.stringContaining(words) });
    const run = await workspace.partwatch(["run", ...onDay(23)]);
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining(words) });
    expect(subjects(workspace)).toEqual([
      "[Partwatch] Board batch: parts short",
      expect.stringContaining(`${file} is broken`),
    ]);
    const [report, notice] = workspace.sink.mails();
    expect(report?.parsed.html).toContain("To order");
    expect(notice?.parsed.text?.replace(/\s+/g, " ")).toContain("Until then, mails have the built-in template.");
    await workspace.write(file, template('<mj-text css-class="mine">{{name}}</mj-text>'));
    expect((await workspace.partwatch(["run", "--monitor", "board", "--force", ...onDay(24)])).code).toBe(0);
    expect(subjects(workspace).slice(2)).toEqual([
      "[Partwatch] Board batch: parts short",
      expect.stringContaining(`${file} is fixed`),
    ]);
    expect(workspace.sink.mails()[2]?.parsed.html).toMatch(/class="mine"[\s\S]*Board batch/);
    expect(workspace.sink.mails()[2]?.parsed.html).not.toContain("To order");
    expect(await workspace.git("status", "--porcelain")).toBe(`M ${file}`);
  });
});
