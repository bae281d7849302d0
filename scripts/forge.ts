// Drives a real Gitea with the workflows that Partwatch generates, and says what held: `npm run forge`. Not in CI: it needs Go 1.26,
// the Go module proxy, and ten minutes at first. Everything runs on this machine and ends with it.
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startInventree } from "../demo/inventree/server.ts";
import { startMailSink } from "../demo/mail-sink.ts";
import { field, textIn } from "../src/core/records.ts";
import { plainMachine } from "../test/support/machine.ts";
import { boardList, smallProduct } from "../test/support/small-product.ts";
import { buildForge } from "./forge/build.ts";
import { CHECKOUT_ACTION } from "./forge/checkout-action.ts";
import { startGiteaServer } from "./forge/gitea.ts";
import { type JobDone, startRunner } from "./forge/runner.ts";

const ROOT = join(import.meta.dirname, "..");
const SECRETS = { INVENTREE_API_TOKEN: "inv-9f2b71c4d0e85a3b", EMAIL_PASSWORD: "horse battery+staple/7" };
/** Longest wait for a job that has to come. */
const PATIENCE_S = 60;

const programs = await buildForge();
const home = await mkdtemp(join(tmpdir(), "partwatch-forge-"));
const git = (folder: string, ...args: readonly string[]) =>
  execFileSync("git", args, {
    cwd: join(home, folder),
    encoding: "utf8",
    stdio: "pipe",
    env: { ...plainMachine(home), ...IDENTITY },
  }).trim();
const IDENTITY = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "Tess"],
    [`GIT_${who}_EMAIL`, "tess@example.com"],
  ]),
);
const server = await startGiteaServer(programs, join(home, "gitea"));
const inventree = await startInventree({ tables: smallProduct(), token: SECRETS.INVENTREE_API_TOKEN });
const sink = await startMailSink({ user: { name: "partwatch", password: SECRETS.EMAIL_PASSWORD } });
const failed: string[] = [];
try {
  await drive();
} finally {
  await Promise.all([server.close(), inventree.close(), sink.close()]);
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
}
console.log(failed.length === 0 ? "Everything held." : `${failed.length} did not hold: ${failed.join("; ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function drive(): Promise<void> {
  const runner = await startRunner(programs, server, join(home, "jobs"));
  const next = async () => {
    const job = await runner.next(PATIENCE_S);
    if (job === undefined) throw new Error(`no job came within ${PATIENCE_S} s`);
    if (process.env.PARTWATCH_FORGE_LOG !== undefined) console.log(job.log);
    return job;
  };
  const action = await publish("partwatch", async (folder) => {
    await cp(join(ROOT, "dist"), join(folder, "dist"), { recursive: true });
    await cp(join(ROOT, "action.yml"), join(folder, "action.yml"));
  });
  const checkout = await publish("checkout", (folder) => writeFile(join(folder, "action.yml"), CHECKOUT_ACTION));
  await settings("lists");
  await publish("lists", async (folder) => {
    await write(folder, "partwatch.yaml", configOf(action, checkout));
    await write(folder, "monitors/board.yaml", boardList({ cron_schedule: '"17 3 1 1 *"', timezone: "Europe/Berlin" }));
    generate(folder);
  });

  const first = await next();
  holds("a push starts a run, which is green", first.event === "push" && first.code === 0, first);
  holds(
    "the list's recipients have one mail",
    subjects().join() === "[Partwatch] Board batch: parts short",
    subjects(),
  );
  holds("the state is on its branch", (await commits()).length === 2, await commits());
  holds("no secret is in the log", !Object.values(SECRETS).some((secret) => first.log.includes(secret)), first);
  await holdsLinks();
  holds(
    "its schedule is known, in the zone of the list",
    specs().join() === "23 */6 * * *,TZ=Europe/Berlin 17 3 1 1 *",
    specs(),
  );

  await dispatch({});
  const idle = await next();
  holds("a run by hand with nothing due says what comes next", /Nothing is due\. Next: board, /.test(idle.log), idle);
  await dispatch({ monitor: "board", force: "true" });
  const forced = await next();
  holds("by force it notifies again", forced.code === 0 && subjects().length === 2, [forced, subjects()]);
  await dispatch({ monitor: "board", force: "true", dry_run: "true" });
  const dry = await next();
  holds("a dry run notifies nobody", dry.code === 0 && subjects().length === 2, dry);
  await dispatch({ test_mail: "true" });
  const test = await next();
  holds(
    "test_mail examines the setup and mails the admins",
    test.code === 0 && subjects().at(-1) === "[Partwatch] Test mail",
    [test, subjects()],
  );

  await pullRequest();
  const jobs = [await next(), await next()];
  const [validated, previewed] = ["validate", "preview"].map((name) => jobs.find(({ job }) => job === name));
  holds("a pull request is validated, with the workflow found in step", validated?.code === 0, jobs);
  holds("its preview is green", previewed?.code === 0, jobs);
  const comments = await server.api("GET", `/repos/${server.user}/lists/issues/1/comments`);
  holds("and stands in one comment", Array.isArray(comments) && comments.length === 1, comments);

  await server.api("POST", `/repos/${server.user}/lists/branch_protections`, {
    rule_name: "partwatch-state",
    enable_push: false,
  });
  await dispatch({ monitor: "board", force: "true" });
  const refused = await next();
  holds(
    "a state branch that may not be pushed to makes the run red, and nobody is mailed but the admins",
    isRefused(refused),
    [refused, subjects()],
  );
}

/** Nothing was claimed, so no list was sent. */
function isRefused({ code, log }: JobDone): boolean {
  const reports = subjects().filter((subject) => subject.includes("Board batch"));
  return code !== 0 && /may not|not allowed|protected|refuse/i.test(log) && reports.length === 2;
}

function holds(what: string, isSo: boolean, seen: unknown): void {
  console.log(`${isSo ? "✓" : "✗"} ${what}`);
  if (isSo) return;
  failed.push(what);
  console.log(typeof seen === "string" ? seen : JSON.stringify(seen, null, 2).replaceAll("\\n", "\n"));
}

/** Addresses in the mail lead to pages that are there. */
async function holdsLinks(): Promise<void> {
  const text = sink.mails()[0]?.parsed.text ?? "";
  const links = [...new Set(text.match(new RegExp(`${server.url}/[^\\s>)]+`, "g")) ?? [])];
  const wrong: string[] = [];
  for (const link of links) {
    const { status } = await fetch(link, { headers: { authorization: `token ${server.token}` } });
    if (status !== 200) wrong.push(`${link}: ${status}`);
  }
  holds(`the mail's ${links.length} links to the forge lead somewhere`, links.length > 0 && wrong.length === 0, [
    links,
    wrong,
  ]);
}

async function publish(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(home, name);
  await mkdir(folder, { recursive: true });
  if (name !== "lists") await server.api("POST", "/user/repos", { name, default_branch: "main" });
  git(name, "init", "--quiet", "--initial-branch=main");
  const address = new URL(`${server.url}/${server.user}/${name}`);
  git(name, "remote", "add", "origin", address.href);
  await fill(folder);
  push(name, "main");
  return git(name, "rev-parse", "HEAD");
}

function push(name: string, branch: string): void {
  git(name, "add", "--all");
  git(name, "commit", "--quiet", "--message=Change");
  const header = `Authorization: basic ${Buffer.from(`${server.user}:${server.token}`).toString("base64")}`;
  git(name, "-c", `http.extraheader=${header}`, "push", "--quiet", "origin", branch);
}

/** As somebody sets them in the browser, before the first push. */
async function settings(name: string): Promise<void> {
  await server.api("POST", "/user/repos", { name, default_branch: "main" });
  const place = `/repos/${server.user}/${name}/actions`;
  for (const [secret, data] of Object.entries(SECRETS)) await server.api("PUT", `${place}/secrets/${secret}`, { data });
  const variables = {
    INVENTREE_URL: inventree.url,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USERNAME: "partwatch",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  };
  for (const [variable, value] of Object.entries(variables))
    await server.api("POST", `${place}/variables/${variable}`, { value });
}

async function pullRequest(): Promise<void> {
  git("lists", "switch", "--quiet", "--create", "change");
  await write(
    join(home, "lists"),
    "monitors/board.yaml",
    boardList({ cron_schedule: '"17 3 1 1 *"', timezone: "Europe/Berlin", parts: "[{ name: Board, quantity: 30 }]" }),
  );
  push("lists", "change");
  await server.api("POST", `/repos/${server.user}/lists/pulls`, { head: "change", base: "main", title: "More boards" });
}

function dispatch(inputs: Readonly<Record<string, string>>): Promise<unknown> {
  const place = `/repos/${server.user}/lists/actions/workflows/partwatch.yml/dispatches`;
  return server.api("POST", place, { ref: "main", inputs });
}

async function commits(): Promise<readonly string[]> {
  const found = await server.api("GET", `/repos/${server.user}/lists/commits?sha=partwatch-state`).catch(() => []);
  return Array.isArray(found) ? found.map((one) => textIn(field(one, "commit"), "message") ?? "") : [];
}

function subjects(): readonly string[] {
  return sink.mails().map(({ parsed }) => parsed.subject ?? "");
}

/** Crons as the server has taken them. */
function specs(): readonly string[] {
  const database = new DatabaseSync(server.database, { readOnly: true });
  try {
    return database
      .prepare("SELECT spec FROM action_schedule_spec ORDER BY spec")
      .all()
      .map(({ spec }) => String(spec));
  } finally {
    database.close();
  }
}

function generate(folder: string): void {
  execFileSync(process.execPath, [join(ROOT, "dist/cli.mjs"), "generate"], { cwd: folder, stdio: "ignore" });
}

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

function configOf(action: string, checkout: string): string {
  const of = (name: string, commit: string) =>
    JSON.stringify(`${server.url}/${server.user}/${name}@${commit} # v1.0.0`);
  return `schedule: { target: gitea }
workflow:
  action: ${of("partwatch", action)}
  checkout: ${of("checkout", checkout)}
`;
}
