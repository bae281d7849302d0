import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { selfSigned } from "../../demo/certificate.ts";
import { AREAS } from "../../demo/inventree/route.ts";
import { startInventree } from "../../demo/inventree/server.ts";
import { startMailSink } from "../../demo/mail-sink.ts";
import { startTokenEndpoint } from "../notify/token-endpoint.ts";
import { boardList, onDay, smallProduct } from "../support/small-product.ts";
import { type Finished, inside, openWorkspace, PASSWORD, TOKEN, type Workspace } from "../support/workspace.ts";

const ONE = { files: { "monitors/board.yaml": boardList() } };

/** The lines of one area, each finding as one line. */
function said(run: Finished, area: string): readonly string[] {
  const findings = run.stdout.replace(/\n {2,}/g, " ").split("\n");
  return findings.filter((line) => new RegExp(`^[✓!✗] ${area}[,:]`, "u").test(line));
}

function diagnoses(run: Finished): readonly unknown[] {
  const found = inside(JSON.parse(run.stdout), "diagnoses");
  if (!Array.isArray(found)) throw new Error(run.stdout);
  return found;
}

async function ready(workspace: Workspace): Promise<void> {
  await workspace.write("partwatch.yaml", `workflow: { action: "acme/partwatch@${"0".repeat(40)} # v1.0.0" }\n`);
  await workspace.partwatch(["generate"]);
  await workspace.partwatch(["run", ...onDay(23)]);
  workspace.sink.forget();
}

describe.concurrent("doctor", () => {
  it("says that everything works where it does, and what it has looked at", async () => {
    // At minute 0 GitHub would be late.
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList({ cron_schedule: '"7 7 * * *"' }) },
    });
    await ready(workspace);
    const run = await workspace.partwatch(["doctor", ...onDay(23, 60)]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout.split("\n").filter((line) => line !== "" && !line.startsWith(" "))).toEqual([
      "✓ Files: 1 monitor, and nothing is wrong with the files.",
      `✓ InvenTree: ${workspace.inventree.url} answers; its API version is 530.`,
      "✓ InvenTree: The token of partwatch may view everything that the lists need.",
      "✓ InvenTree: The token of partwatch may change nothing.",
      expect.stringMatching(/^✓ Mail: 127\.0\.0\.1:\d+ takes mails, unencrypted, without a login\.$/),
      expect.stringMatching(/^✓ State: .*1 monitor/),
      "✓ Workflow: Workflows are up to date.",
      "✓ Schedule: Every active monitor was checked when it was due.",
      "Everything works.",
    ]);
    expect(workspace.sink.mails()).toEqual([]);
  });

  it("fits 80 columns, shows no secret, and says the same as JSON", async () => {
    await using workspace = await openWorkspace(ONE);
    workspace.inventree.faults.down = true;
    const env = { EMAIL_SMTP_PORT: "1", EMAIL_USERNAME: "stock", EMAIL_PASSWORD: PASSWORD };
    const [run, json] = await Promise.all([
      workspace.partwatch(["doctor"], { env }),
      workspace.partwatch(["doctor", "--json"], { env }),
    ]);
    expect([run.code, json.code]).toEqual([1, 1]);
    expect(run.stdout.split("\n").filter((line) => [...line].length > 80 && !line.includes("://"))).toEqual([]);
    for (const secret of [TOKEN, PASSWORD]) expect(run.stdout + run.stderr + json.outText).not.toContain(secret);
    expect(JSON.parse(json.stdout)).toMatchObject({ broken: 2, warnings: 2 });
    expect(run.stdout).toMatch(/^2 broken, 2 warnings\.$/m);
    expect(diagnoses(json)).toContainEqual({
      area: "InvenTree",
      level: "broken",
      message: expect.stringContaining("[GET] /api/"),
      fix: expect.stringContaining("INVENTREE_URL"),
    });
  });

  it("does not fail for warnings", async () => {
    await using workspace = await openWorkspace(ONE);
    const run = await workspace.partwatch(["doctor"], { env: { ADMIN_EMAIL_RECIPIENTS: "" } });
    expect(run.code).toBe(0);
    expect(said(run, "Mail")).toContainEqual(expect.stringMatching(/^! Mail, warning: Nobody is notified of problems/));
    expect(said(run, "Workflow")).toEqual([expect.stringMatching(/^! .*no workflow here.*partwatch generate/)]);
    expect(said(run, "Schedule")).toEqual([expect.stringMatching(/^! .*Never checked so far: board\./)]);
    expect(run.stdout).toMatch(/^Everything works; 3 warnings\.$/m);
  });

  it("warns of secrets in a file that Git would take, and says what is wrong in it without showing it", async () => {
    await using workspace = await openWorkspace(ONE);
    await workspace.write(".env", `EMAIL_PASSWORD=${PASSWORD}\n`);
    const env = { EMAIL_USERNAME: "stock" };
    const open = await workspace.partwatch(["doctor"], { env });
    expect(said(open, "Files")).toContainEqual(expect.stringMatching(/^! .*Git does not ignore it.*\.gitignore/));
    await workspace.write(".gitignore", ".env\n");
    await workspace.write(".env", `EMAIL_PASSWORD=${PASSWORD}\n${TOKEN}\n`);
    const hidden = await workspace.partwatch(["doctor"], { env });
    expect(said(hidden, "Files")).toEqual([expect.stringMatching(/^✗ Files, broken: \.env:2: is not a setting/)]);
    for (const { stdout, stderr } of [open, hidden])
      for (const secret of [TOKEN, PASSWORD]) expect(stdout + stderr).not.toContain(secret);
  });
});

describe.concurrent("doctor says of what mails are made and sent with", () => {
  it("that OAuth2 works, that the workflows lack its variables, nothing of its secrets, and what is wrong with the template", async () => {
    const template = {
      "partwatch.yaml": "mail: { template: a.mjml }\n",
      "a.mjml": "<mjml><mj-body><mj-text/></mj-body></mjml>\n",
    };
    await using workspace = await openWorkspace({ files: { ...ONE.files, ...template } });
    const tokens = await startTokenEndpoint(() => ({ body: { access_token: "token-8a1", expires_in: 3600 } }));
    const sink = await startMailSink({ oauth: { name: "partwatch@example.com", takes: (one) => one === "token-8a1" } });
    await workspace.write(".github/workflows/partwatch.yml", "on: push\n");
    const oauth = {
      EMAIL_OAUTH_TOKEN_URL: tokens.url,
      EMAIL_OAUTH_CLIENT_ID: "a",
      EMAIL_OAUTH_CLIENT_SECRET: "app~horse/7",
    };
    const env = { ...oauth, EMAIL_SENDER_ADDRESS: "partwatch@example.com", EMAIL_SMTP_PORT: String(sink.port) };
    const run = await workspace.partwatch(["doctor", "--send-test-mail"], { env });
    const findings = said(run, "Mail");
    expect(findings[0]).toMatch(/^✓ .* takes mails, unencrypted, logged in as partwatch@example\.com with OAuth2\.$/);
    expect(findings[1]).toMatch(/^! .*do not hand over EMAIL_OAUTH_….*Set mail\.oauth: true in partwatch\.yaml/);
    expect(findings[2]).toMatch(/^✓ .*The test mail was accepted/);
    expect(sink.mails()).toMatchObject([{ user: "partwatch@example.com" }]);
    expect(tokens.forms).toHaveLength(1);
    expect(run.stdout + run.stderr).not.toMatch(/token-8a1|horse/);
    expect(said(run, "Files")).toEqual([
      expect.stringMatching(/^✗ .*a\.mjml:1: mj-text cannot be used inside mj-body/),
    ]);
    await Promise.all([sink.close(), tokens.close()]);
  });
});

describe.concurrent("doctor says of InvenTree", () => {
  it("which permissions the token lacks, each by its name, and which areas it may change", async () => {
    await using workspace = await openWorkspace({
      files: {
        "monitors/board.yaml": boardList(),
        "monitors/shelf.yaml": boardList({ policy: "{ stock: { exclude: [external] } }" }),
      },
      inventree: { roles: { part: ["view", "add", "change"], bom: ["view"], build: ["view"], stock: ["delete"] } },
    });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(1);
    const [, lacks = "", powers = ""] = said(run, "InvenTree");
    expect(lacks).toMatch(/^✗ InvenTree, broken: The token of partwatch lacks/);
    for (const role of ["purchase_order", "sales_order", "stock", "stock_location"])
      expect(lacks).toContain(`${role}.view (`);
    for (const role of ["part", "bom", "build", "part_category"]) expect(lacks).not.toContain(`${role}.view`);
    expect(powers).toMatch(/^! InvenTree, warning: .*may change things: part: add, change; stock: delete\./);
    expect(powers).toContain("may only view");
  });

  it("that it needs no permission which no list needs", async () => {
    const roles = Object.fromEntries(
      AREAS.filter((area) => /^(part|bom|purchase_order)$/.test(area)).map((area) => [area, ["view" as const]]),
    );
    const files = { "monitors/board.yaml": boardList({ policy: "{ demand: none }" }) };
    await using workspace = await openWorkspace({ files, inventree: { roles } });
    expect((await workspace.partwatch(["run", ...onDay(23)])).code).toBe(0);
    expect(said(await workspace.partwatch(["doctor"]), "InvenTree").every((line) => line.startsWith("✓"))).toBe(true);
  });

  it("that lists with a day need the build orders", async () => {
    const view = ["view" as const];
    const roles = { part: view, bom: view, purchase_order: view };
    const files = { "monitors/board.yaml": boardList({ policy: "{ demand: none }", needed_by: "2030-01-01" }) };
    await using workspace = await openWorkspace({ files, inventree: { roles } });
    expect((await workspace.partwatch(["run", ...onDay(23)])).outText).toContain("lacks build.view");
    const [, lacks = ""] = said(await workspace.partwatch(["doctor"]), "InvenTree");
    expect(lacks).toContain("lacks build.view (when build orders are done)");
  });

  it.each([391, 480, 530])("what the token may view, on a server of API %i", async (apiVersion) => {
    const view = ["view" as const];
    const roles = { part: view, bom: view, purchase_order: view, build: view, sales_order: view };
    await using all = await openWorkspace({ ...ONE, inventree: { apiVersion, roles } });
    const [answers, ...ok] = said(await all.partwatch(["doctor"]), "InvenTree");
    expect(answers).toContain(`its API version is ${apiVersion}`);
    expect(ok).toEqual([expect.stringMatching(/^✓ .*everything that the lists need/), expect.stringMatching(/^✓ /)]);
    await using some = await openWorkspace({ ...ONE, inventree: { apiVersion, roles: { sales_order: view } } });
    const run = await some.partwatch(["doctor"]);
    expect(run.code).toBe(1);
    const [, lacks = ""] = said(run, "InvenTree");
    expect(lacks).toContain(`${apiVersion < 481 ? "part" : "bom"}.view (bills of material)`);
    expect(lacks.includes("bom.view")).toBe(apiVersion >= 481);
  });

  it("that another role opens a table, where the list's own role is missing", async () => {
    const view = ["view" as const];
    const roles = { part: view, purchase_order: view, build: view, sales_order: view };
    await using workspace = await openWorkspace({ ...ONE, inventree: { roles } });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(0);
    expect(said(run, "InvenTree")).toContainEqual(
      expect.stringMatching(/^! .*bills of material only through another role, not through bom\.view/),
    );
  });

  it.each([
    [
      "nobody answers",
      (workspace: Workspace) => ({ INVENTREE_URL: `http://127.0.0.1:${workspace.sink.port}` }),
      /the connection|no complete answer|other side|broke off|Parse|that INVENTREE_URL is its address/i,
    ],
    [
      "the token is refused",
      () => ({ INVENTREE_API_TOKEN: "inv-old" }),
      /401: .*is INVENTREE_API_TOKEN right\?.*Make a token/,
    ],
    ["the address is none", () => ({ INVENTREE_URL: "inventree" }), /INVENTREE_URL: is not a valid address/],
    ["nothing is set", () => ({ INVENTREE_URL: "", INVENTREE_API_TOKEN: "" }), /INVENTREE_URL: is not set/],
  ])("that %s, with what to mend", async (_, env, words) => {
    await using workspace = await openWorkspace(ONE);
    const run = await workspace.partwatch(["doctor"], { env: env(workspace) });
    expect(run.code).toBe(1);
    expect(said(run, "InvenTree")[0]).toMatch(/^✗ InvenTree, broken: /);
    expect(said(run, "InvenTree").join("\n")).toMatch(words);
  });

  it("which suppliers in partwatch.yaml it does not know, and which name was meant", async () => {
    const company = { description: "", currency: "EUR", is_customer: false, is_manufacturer: false, is_supplier: true };
    const companies = ["Mouser", "DigiKey"].map((name, index) => ({ pk: index + 1, name, active: true, ...company }));
    await using workspace = await openWorkspace({
      files: {
        ...ONE.files,
        "partwatch.yaml":
          "suppliers: { prefer: [Mouser, Digikey], avoid: [Broker] }\nlead_times: { suppliers: { Mousr: 4 } }\n",
      },
      inventree: { tables: smallProduct({ companies }) },
    });
    const run = await workspace.partwatch(["doctor"]);
    expect(said(run, "InvenTree").filter((line) => line.includes("no supplier"))).toEqual([
      "! InvenTree, warning: partwatch.yaml lead_times.suppliers: no supplier is called Mousr there. → Did you mean Mouser?",
      "! InvenTree, warning: partwatch.yaml suppliers.avoid: no supplier is called Broker there. → Write one of these: DigiKey, Mouser.",
      "! InvenTree, warning: partwatch.yaml suppliers.prefer: no supplier is called Digikey there. → Did you mean DigiKey?",
    ]);
  });

  it("that the server is too old", async () => {
    await using workspace = await openWorkspace({ ...ONE, inventree: { apiVersion: 300 } });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(1);
    expect(said(run, "InvenTree")).toEqual([
      expect.stringMatching(/^✗ .*API version is 300; Partwatch needs at least 390/),
    ]);
  });

  it("the same of each server that partwatch.yaml names, under the names of its variables", async () => {
    const config = "instances: [{ label: berlin, url_env: BERLIN_URL, token_env: BERLIN_TOKEN }]\n";
    const files = { "partwatch.yaml": config, ...ONE.files, "monitors/there.yaml": boardList({ instance: "berlin" }) };
    await using workspace = await openWorkspace({ files });
    const berlin = await startInventree({ tables: smallProduct(), token: "inv-berlin-77aa" });
    try {
      const env = { BERLIN_URL: berlin.url, BERLIN_TOKEN: "inv-other" };
      const run = await workspace.partwatch(["doctor"], { env });
      expect(said(run, "InvenTree").every((line) => line.startsWith("✓"))).toBe(true);
      expect(said(run, "InvenTree berlin")).toEqual([
        expect.stringMatching(/^✗ .*is BERLIN_TOKEN right\?.*set it as BERLIN_TOKEN/),
      ]);
    } finally {
      await berlin.close();
    }
  });
});

describe.concurrent("doctor says of mail", () => {
  it("that a test mail was accepted for the admins, in their language", async () => {
    await using workspace = await openWorkspace({ files: { ...ONE.files, "partwatch.yaml": "language: de\n" } });
    const run = await workspace.partwatch(["doctor", "--send-test-mail"]);
    expect(run.code).toBe(0);
    expect(said(run, "Mail")[1]).toMatch(/^✓ .*test mail was accepted for admin@example\.com/);
    const [mail, ...more] = workspace.sink.mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: ["admin@example.com"], parsed: { subject: "[Partwatch] Testmail" } });
    expect(mail?.parsed.text).toContain("Mail funktioniert");
    expect(mail?.parsed.html).toContain("Mail funktioniert");
    expect(await workspace.commits()).toBe(0);
  });

  it("that the login is refused, or a recipient", async () => {
    const user = { name: "stock", password: PASSWORD };
    await using workspace = await openWorkspace({ ...ONE, mail: { user } });
    const wrong = { EMAIL_USERNAME: "stock", EMAIL_PASSWORD: "no-such-password" };
    const run = await workspace.partwatch(["doctor"], { env: wrong });
    expect(run.code).toBe(1);
    expect(said(run, "Mail")[0]).toMatch(
      /^✗ Mail, broken: The mail server refused EMAIL_USERNAME\/EMAIL_PASSWORD \(535\)/,
    );
    const right = { EMAIL_USERNAME: "stock", EMAIL_PASSWORD: PASSWORD };
    expect(said(await workspace.partwatch(["doctor"], { env: right }), "Mail")[0]).toMatch(/logged in as stock\.$/);
    workspace.sink.behave({ recipient: () => ({ code: 550, text: "5.1.1 No such user" }) });
    const refused = await workspace.partwatch(["doctor", "--send-test-mail"], { env: right });
    expect(refused.code).toBe(1);
    expect(said(refused, "Mail").join("\n")).toMatch(/✗ Mail, broken: .*admin@example\.com.*No such user/);
  });

  it("whether the way to the server is encrypted and its certificate trusted", async () => {
    const { key, cert } = selfSigned(new Date());
    await using workspace = await openWorkspace({ ...ONE, mail: { tls: { mode: "starttls", key, cert } } });
    const env = { EMAIL_USE_TLS: "true" };
    const doubted = await workspace.partwatch(["doctor"], { env });
    expect(doubted.code).toBe(1);
    expect(said(doubted, "Mail")[0]).toMatch(/^✗ .*certificate.*(not trusted|for another name)/);
    const folder = await mkdtemp(join(tmpdir(), "partwatch-ca-"));
    try {
      await writeFile(join(folder, "ca.pem"), cert);
      const trusted = { ...env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") };
      expect(said(await workspace.partwatch(["doctor"], { env: trusted }), "Mail")[0]).toMatch(
        /encrypted \(STARTTLS\)/,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("that all of it is switched off, and no test mail was sent", async () => {
    await using workspace = await openWorkspace(ONE);
    const env = { GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: "false" };
    const run = await workspace.partwatch(["doctor"], { env });
    expect(run.code).toBe(0);
    expect(said(run, "Mail")).toEqual([expect.stringMatching(/^! .*switched off/)]);
    expect((await workspace.partwatch(["doctor", "--send-test-mail"], { env })).code).toBe(1);
    expect(workspace.sink.mails()).toEqual([]);
  });

  it("which settings are missing, and that a webhook's variable is", async () => {
    const webhook = "{ webhook: { url_env: STOCK_HOOK } }";
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList({ channels: webhook }) } });
    const run = await workspace.partwatch(["doctor"], { env: { EMAIL_SMTP_SERVER: "" } });
    expect(run.code).toBe(1);
    expect(said(run, "Mail")[0]).toMatch(/^✗ Mail, broken: EMAIL_SMTP_SERVER: is not set/);
    expect(said(run, "Channels")[0]).toMatch(/^✗ Channels, broken: STOCK_HOOK: is not set/);
  });
});

describe.concurrent("doctor says of the repository", () => {
  it("which files are broken, and that the workflows cannot be compared then", async () => {
    await using workspace = await openWorkspace({
      files: { ...ONE.files, "monitors/bad.yaml": boardList({ cron_schedule: '"61 7 * * *"' }) },
    });
    const run = await workspace.partwatch(["doctor"]);
    expect(run.code).toBe(1);
    expect(said(run, "Files")[0]).toMatch(/^✗ Files, broken: monitors\/bad\.yaml:2:16 cron_schedule/);
    expect(said(run, "Workflow")).toEqual([expect.stringMatching(/^! .*not compared/)]);
  });

  it("that the workflows are stale", async () => {
    await using workspace = await openWorkspace(ONE);
    await ready(workspace);
    await workspace.write("monitors/board.yaml", boardList({ cron_schedule: '"30 8 * * *"' }));
    const run = await workspace.partwatch(["doctor", ...onDay(23, 60)]);
    expect(run.code).toBe(1);
    expect(said(run, "Workflow")).toEqual([
      expect.stringMatching(/^✗ .*partwatch\.yml: out of date\. → Run partwatch generate/),
    ]);
  });

  it("which files of the state branch are broken", async () => {
    await using workspace = await openWorkspace(ONE);
    await ready(workspace);
    await workspace.git("worktree", "add", "--quiet", "../state", "partwatch-state");
    await workspace.git("-C", "../state", "checkout", "--quiet", "--detach");
    await workspace.write("../state/runs.json", "{ no json");
    await workspace.git("-C", "../state", "commit", "--quiet", "--all", "--message=Break it");
    const head = await workspace.git("-C", "../state", "rev-parse", "HEAD");
    await workspace.git("update-ref", "refs/heads/partwatch-state", head);
    const run = await workspace.partwatch(["doctor", ...onDay(23, 60)]);
    expect(run.code).toBe(1);
    expect(said(run, "State")).toEqual([expect.stringMatching(/^✗ .*runs\.json: is not valid JSON/)]);
    expect(said(run, "Schedule")).toEqual([]);
  });

  it("that a monitor is overdue", async () => {
    await using workspace = await openWorkspace(ONE);
    await ready(workspace);
    const run = await workspace.partwatch(["doctor", ...onDay(26)]);
    expect(run.code).toBe(0);
    expect(said(run, "Schedule")).toEqual([
      expect.stringMatching(
        /^! Schedule, warning: board is overdue: expected 2026-11-24 07:00, last checked 2026-11-23 07:00/,
      ),
    ]);
  });
});
