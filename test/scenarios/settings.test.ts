import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace, PASSWORD, TOKEN } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };
const login = { EMAIL_USERNAME: "mailer", EMAIL_PASSWORD: PASSWORD };

describe.concurrent("settings that cannot be right", () => {
  it.each<readonly [string, Readonly<Record<string, string | undefined>>, RegExp]>([
    [
      "TLS and SSL both",
      { EMAIL_USE_TLS: "true", EMAIL_USE_SSL: "true" },
      /EMAIL_USE_TLS.*EMAIL_USE_SSL are both true/,
    ],
    ["SSL on port 587", { EMAIL_USE_SSL: "true", EMAIL_SMTP_PORT: "587" }, /EMAIL_SMTP_PORT.*587 begins without TLS/],
    ["port 465 without SSL", { EMAIL_SMTP_PORT: "465" }, /EMAIL_SMTP_PORT.*465 speaks TLS/],
    ["a port that is none", { EMAIL_SMTP_PORT: "99999" }, /EMAIL_SMTP_PORT.*is not a valid port/],
    ["a user without a password", { ...login, EMAIL_PASSWORD: undefined }, /EMAIL_PASSWORD.*is not set/],
    ["a password without a user", { ...login, EMAIL_USERNAME: "" }, /EMAIL_USERNAME.*is not set/],
    ["no mail server", { EMAIL_SMTP_SERVER: undefined }, /EMAIL_SMTP_SERVER.*is not set/],
    ["no sender", { EMAIL_SENDER_ADDRESS: undefined }, /EMAIL_SENDER_ADDRESS.*is not set/],
    ["a word that is no yes and no no", { EMAIL_USE_TLS: "maybe" }, /EMAIL_USE_TLS.*neither true nor false/],
    ["an admin who is no address", { ADMIN_EMAIL_RECIPIENTS: "admin(at)example" }, /ADMIN_EMAIL_RECIPIENTS/],
    ["no server", { INVENTREE_URL: undefined }, /INVENTREE_URL.*is not set/],
    ["no token", { INVENTREE_API_TOKEN: "" }, /INVENTREE_API_TOKEN.*is not set/],
    ["an address that is none", { INVENTREE_URL: "inventree" }, /INVENTREE_URL.*is not a valid address/],
  ])("%s: said in words before anything is asked or sent", async (_, env, words) => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["run", ...onDay(23)], { env });
    expect(run.code).toBe(1);
    expect(run.errText).toMatch(words);
    expect(run.stdout).toBe("");
    expect(run.stderr).not.toMatch(/^\s+at /m);
    expect(run.errText).not.toContain(PASSWORD);
    expect(workspace.inventree.requests()).toEqual([]);
    expect(workspace.sink.connections()).toBe(0);
    expect(await workspace.commits()).toBe(0);
  });

  it("are all said at once", async () => {
    await using workspace = await openWorkspace(oneList);
    const env = { INVENTREE_URL: "", INVENTREE_API_TOKEN: "", EMAIL_SMTP_SERVER: "", EMAIL_SENDER_ADDRESS: "" };
    const run = await workspace.partwatch(["run"], { env });
    expect(run).toMatchObject({ code: 1 });
    for (const name of Object.keys(env)) expect(run.errText).toContain(name);
  });
});

describe.concurrent("commands that send no mail", () => {
  const mailless = { EMAIL_SMTP_SERVER: undefined, EMAIL_SENDER_ADDRESS: undefined, EMAIL_USE_TLS: "maybe" };
  const bare = { ...mailless, INVENTREE_URL: undefined, INVENTREE_API_TOKEN: undefined };

  it("need no mail settings to calculate and preview", async () => {
    await using workspace = await openWorkspace(oneList);
    expect(await workspace.partwatch(["calc", "Board:1"], { env: mailless })).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["preview", "board"], { env: mailless })).toMatchObject({ code: 0 });
  });

  it("need no settings at all to validate and to show what is remembered", async () => {
    await using workspace = await openWorkspace(oneList);
    expect(await workspace.partwatch(["validate"], { env: bare })).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["status"], { env: bare })).toMatchObject({ code: 0 });
  });
});

describe.concurrent("settings in a file .env", () => {
  it("count where the environment does not say otherwise", async () => {
    await using workspace = await openWorkspace(oneList);
    const { url } = workspace.inventree;
    await workspace.write(".env", `# ours\nINVENTREE_URL="${url}/api/"\nexport INVENTREE_API_TOKEN='${TOKEN}'\n`);
    const env = { INVENTREE_URL: undefined, INVENTREE_API_TOKEN: undefined };
    expect(await workspace.partwatch(["calc", "Board:1"], { env })).toMatchObject({ code: 0 });
    const other = { INVENTREE_URL: "http://127.0.0.1:1", INVENTREE_API_TOKEN: undefined };
    await workspace.write("partwatch.yaml", "inventree: { time_budget: 60 }\n");
    expect(await workspace.partwatch(["calc", "Board:1"], { env: other })).toMatchObject({ code: 1 });
  });

  it("stay as secret as those of the environment", async () => {
    await using workspace = await openWorkspace(oneList);
    await workspace.write(".env", `INVENTREE_API_TOKEN=${TOKEN}\n`);
    workspace.inventree.faults.add({
      fault: { kind: "answer", status: 401, body: { detail: `Token ${TOKEN} is bad` } },
    });
    const env = { INVENTREE_API_TOKEN: undefined };
    const run = await workspace.partwatch(["--log-level", "debug", "run", ...onDay(23)], { env });
    expect(run).toMatchObject({ code: 1, outText: expect.stringContaining("401") });
    expect(run.stdout + run.errText).not.toContain(TOKEN);
    expect(JSON.stringify(await workspace.state("runs.json"))).not.toContain(TOKEN);
  });
});
