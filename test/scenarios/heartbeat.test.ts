// Somebody else is to notice that no run comes any more: each run by schedule tells it of its start and its end.
import { describe, expect, it } from "vitest";
import { type Receiver, startReceiver } from "../notify/webhook/receiver.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

const SECRET = "/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278";
const board = { "monitors/board.yaml": boardList() };
const named = { ...board, "partwatch.yaml": "heartbeat: { url_env: PARTWATCH_HEARTBEAT_URL }\n" };

async function openWatched(files: Readonly<Record<string, string>> = named) {
  const workspace = await openWorkspace({ files });
  const watcher = await startReceiver();
  const env = { PARTWATCH_HEARTBEAT_URL: watcher.url + SECRET };
  return {
    workspace,
    watcher,
    run: (...args: readonly string[]) => workspace.partwatch(["run", ...args], { env }),
    partwatch: (...args: readonly string[]) => workspace.partwatch(args, { env }),
    [Symbol.asyncDispose]: async () => {
      await watcher.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

/** `start`, `success`, `fail` or `log`, in the order in which the watcher heard of them. */
const heard = ({ received }: Receiver) =>
  received.map(({ path = "" }) => /\/(start|fail|log)(?:\?|$)/.exec(path)?.[1] ?? "success");

describe.concurrent("the watcher of runs", () => {
  it("hears of start and end of a run, also where nothing is due, and of no dry run nor a list that is named", async () => {
    await using bench = await openWatched();
    expect(await bench.run("--dry-run", ...onDay(23))).toMatchObject({ code: 0 });
    expect(await bench.run("--monitor", "board", ...onDay(23))).toMatchObject({ code: 0 });
    expect(heard(bench.watcher)).toEqual([]);
    const ran = await bench.run(...onDay(23));
    expect(ran).toMatchObject({ code: 0 });
    expect(await bench.run(...onDay(23))).toMatchObject({ code: 0, outText: expect.stringMatching(/Nothing is due/) });
    expect(heard(bench.watcher)).toEqual(["start", "success", "start", "success"]);
    const runs = bench.watcher.received.map(({ path }) => path?.split("rid=")[1]);
    expect([runs[0] === runs[1], runs[2] === runs[3], runs[0] === runs[2]]).toEqual([true, true, false]);
    expect(ran.stdout + ran.stderr).not.toContain(SECRET);
  });

  it("hears why a run is red, without mail addresses and secrets", async () => {
    await using bench = await openWatched({ ...named, "monitors/torn.yaml": "name: [\n" });
    expect(await bench.run(...onDay(23))).toMatchObject({ code: 1 });
    expect(heard(bench.watcher)).toEqual(["start", "fail"]);
    expect(bench.watcher.received[1]?.body).toMatch(/^monitors\/torn\.yaml:/);
    bench.workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: { detail: "no" } } });
    await bench.run("--all", ...onDay(24));
    expect(bench.watcher.received.at(-1)?.body).toMatch(/^board: .*403/);
  });

  it("hears of settings that keep a run from its beginning", async () => {
    await using bench = await openWatched();
    const env = { PARTWATCH_HEARTBEAT_URL: bench.watcher.url + SECRET, INVENTREE_URL: undefined };
    const { code } = await bench.workspace.partwatch(["run", ...onDay(23)], { env });
    expect(code).not.toBe(0);
    expect(heard(bench.watcher)).toEqual(["start", "fail"]);
    expect(bench.watcher.received[1]?.body).toMatch(/^INVENTREE_URL: is not set/);
  });

  it("is told of no run on another branch", async () => {
    await using bench = await openWatched();
    await bench.workspace.git("switch", "--quiet", "--create", "change");
    await bench.workspace.git("config", "init.defaultBranch", "main");
    expect((await bench.run(...onDay(23))).stderr).toMatch(/This is not the default branch/);
    expect(heard(bench.watcher)).toEqual([]);
  });

  it("that cannot be told, or whose address nobody has set, changes nothing of a run and is said in its log", async () => {
    await using bench = await openWatched();
    bench.watcher.behave({ status: 500 }, { status: 404 });
    const refused = await bench.run(...onDay(23));
    expect(refused).toMatchObject({ code: 0 });
    const name = "heartbeat: the heartbeat server of PARTWATCH_HEARTBEAT_URL";
    expect(refused.errText).toContain(`${name} answers 500; not reported: start`);
    expect(refused.errText).toMatch(new RegExp(`${name} is not there \\(404\\).*; not reported: success`));
    // Nobody listens there.
    const env = { PARTWATCH_HEARTBEAT_URL: `http://127.0.0.1:1${SECRET}` };
    const gone = await bench.workspace.partwatch(["run", "--json", ...onDay(24)], { env });
    expect(gone).toMatchObject({ code: 0 });
    expect(gone.stderr).toContain("cannot be reached (ECONNREFUSED); not reported: success");
    expect(gone.stdout + gone.stderr).not.toContain(SECRET);
    const unset = await bench.workspace.partwatch(["run", ...onDay(25)]);
    expect(unset).toMatchObject({ code: 0 });
    expect(unset.errText).toContain("PARTWATCH_HEARTBEAT_URL is not set; heartbeat.url_env names it.");
    expect(bench.workspace.sink.mails().length).toBeGreaterThan(0);
  });

  it("is asked by the proxy, as everybody else", async () => {
    await using bench = await openWatched({
      ...board,
      "partwatch.yaml": "heartbeat: { url: http://checks.example.invalid/ping/x }\n",
    });
    const env = { HTTP_PROXY: bench.watcher.url };
    expect(await bench.workspace.partwatch(["run", ...onDay(23)], { env })).toMatchObject({ code: 0 });
    expect(bench.watcher.received.map(({ path }) => path?.split("?")[0])).toEqual([
      "http://checks.example.invalid/ping/x/start",
      "http://checks.example.invalid/ping/x",
    ]);
  });

  it("gets a line for its log from doctor, which says whether it can be told", async () => {
    await using bench = await openWatched();
    const doctor = async (env: Readonly<Record<string, string | undefined>> = {}) => {
      const given = { PARTWATCH_HEARTBEAT_URL: bench.watcher.url + SECRET, ...env };
      const { stdout } = await bench.workspace.partwatch(["doctor", "--json", ...onDay(23)], { env: given });
      const { diagnoses } = JSON.parse(stdout) as { diagnoses: { area: string; level: string; message: string }[] };
      expect(stdout).not.toContain(SECRET);
      return diagnoses.find(({ area }) => area === "Heartbeat");
    };
    expect(await doctor()).toMatchObject({ level: "ok" });
    bench.watcher.behave({ status: 404, body: "not found" });
    expect(await doctor()).toMatchObject({ level: "warning", message: expect.stringContaining("is not there (404)") });
    expect(heard(bench.watcher)).toEqual(["log", "log"]);
    expect(await doctor({ PARTWATCH_HEARTBEAT_URL: "no address" })).toMatchObject({ level: "broken" });
    expect(await doctor({ PARTWATCH_HEARTBEAT_URL: undefined })).toMatchObject({
      level: "broken",
      message: "PARTWATCH_HEARTBEAT_URL: is not set; heartbeat.url_env names it.",
    });
  });

  it("has either an address or the name of a variable, which validate sees to", async () => {
    await using bench = await openWatched(board);
    const problems = async (section: string) => {
      await bench.workspace.write("partwatch.yaml", `heartbeat: ${section}\n`);
      const { outText, errText } = await bench.workspace.partwatch(["validate"]);
      return outText + errText;
    };
    expect(await problems("{}")).toMatch(/heartbeat: needs the server's address: either url, or url_env/);
    expect(await problems("{ url: https://a.example, url_env: A_URL }")).toMatch(/needs the server's address/);
    expect(await problems("{ url: ftp://a.example }")).toMatch(/heartbeat\.url: must begin with https:/);
    expect(await problems("{ url_env: EMAIL_PASSWORD }")).toMatch(/as in PARTWATCH_HEARTBEAT_URL/);
    expect(await problems("{ url_env: HEARTBEAT_URL }")).not.toMatch(/heartbeat/);
  });
});
