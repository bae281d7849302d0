import { describe, expect, it } from "vitest";
import { boardList, CHIP, onDay, putStock } from "../support/small-product.ts";
import { type Finished, openWorkspace, PASSWORD, TOKEN } from "../support/workspace.ts";

const oneList = { files: { "monitors/board.yaml": boardList() } };
const user = { name: "mailer", password: PASSWORD };
const login = { env: { EMAIL_USERNAME: user.name, EMAIL_PASSWORD: PASSWORD } };

function lines({ stderr }: Finished): readonly Readonly<Record<string, unknown>>[] {
  return stderr
    .trimEnd()
    .split("\n")
    .map((line) => Object(JSON.parse(line)));
}

describe.concurrent("the log of a run", () => {
  it("says at info where each check begins and ends, with counts, and what the mail server answered", async () => {
    await using workspace = await openWorkspace(oneList);
    const { stderr } = await workspace.partwatch(["run", ...onDay(23)]);
    expect(stderr).toMatch(/ info {4}board check: started reason=new$/m);
    expect(stderr).toMatch(/ info {4}board check: ends lines=3 short=1 to_build=1 critical=0$/m);
    expect(stderr).toMatch(/ info {4}board mail: mail accepted for stock@example\.com message_id=<.*> answer=250 /m);
    expect(stderr).not.toContain("/api/part/");
  });

  it("says at info each retry with attempt, cause and wait", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.inventree.faults.add({
      path: "/api/bom/",
      fault: { kind: "answer", status: 503, body: "busy" },
      times: 2,
    });
    let first = true;
    const busy = { code: 451, text: "4.3.0 Try again" };
    workspace.sink.behave({
      message: () => {
        const reply = first ? busy : undefined;
        first = false;
        return reply;
      },
    });
    const run = await workspace.partwatch(["--log-format", "json", "run", ...onDay(23)]);
    expect(run.code).toBe(0);
    const retries = lines(run).filter((line) => "wait_ms" in line);
    expect(retries).toMatchObject([
      { level: "info", step: "inventree", attempt: 1, cause: expect.stringContaining("503") },
      { level: "info", step: "inventree", attempt: 2, cause: expect.stringContaining("503") },
      { level: "info", step: "mail", monitor: "board", attempt: 1, message: expect.stringContaining("4.3.0") },
    ]);
  });

  it("says at debug each request with method, path, status, time and size, as JSON lines", async () => {
    await using workspace = await openWorkspace(oneList);
    const run = await workspace.partwatch(["--log-level", "debug", "--log-format", "json", "run", ...onDay(23)]);
    const requests = lines(run).filter(({ message }) => message === "request");
    expect(requests.map(({ path, status }) => [path, status]).sort()).toEqual(
      workspace.inventree
        .requests()
        .map(({ path, status }) => [path, status])
        .sort(),
    );
    for (const line of requests)
      expect(line).toMatchObject({
        level: "debug",
        step: "inventree",
        method: "GET",
        ms: expect.any(Number),
        bytes: expect.any(Number),
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
  });

  it("is as talkative as RUNNER_DEBUG wants, and as quiet as asked", async () => {
    await using workspace = await openWorkspace(oneList);
    const debug = await workspace.partwatch(["run", "--dry-run", ...onDay(23)], { env: { RUNNER_DEBUG: "1" } });
    expect(debug.errText).toContain("path=/api/part/");
    const quiet = await workspace.partwatch(["--log-level", "error", "run", "--dry-run", ...onDay(23)]);
    expect(quiet.stderr).toBe("");
  });

  it("says of each failed check what failed, once, with monitor and step", async () => {
    await using workspace = await openWorkspace(oneList);
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: {} } });
    const run = await workspace.partwatch(["--log-format", "json", "run", ...onDay(23)]);
    const errors = lines(run).filter(({ level }) => level === "error");
    expect(errors).toMatchObject([{ monitor: "board", step: "check", message: expect.stringContaining("403") }]);
  });
});

describe.concurrent("secrets", () => {
  it("do not appear in the log either where only .env, partwatch.yaml or a list names them", async () => {
    const canaries = {
      EMAIL_PASSWORD: "canary-mail-71c4",
      BERLIN_TOKEN: "canary-berlin-85a3",
      STOCK_KEY: "canary-stock-d0e8",
    };
    const webhook = "{ webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY } }";
    await using workspace = await openWorkspace({
      files: {
        "partwatch.yaml": "instances: [{ label: berlin, url_env: BERLIN_URL, token_env: BERLIN_TOKEN }]\n",
        ...Object.fromEntries(
          Object.values(canaries).map((canary) => [
            `monitors/${canary}.yaml`,
            boardList({ name: canary, channels: webhook }),
          ]),
        ),
      },
    });
    const settings = { ...canaries, STOCK_URL: "https://hooks.example.com/canary-T0B0" };
    await workspace.write(
      ".env",
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
    );
    // The log names the lists, which are called as the secrets are.
    for (const args of [
      ["run", "--dry-run", ...onDay(23)],
      ["--log-format", "json", "run", "--dry-run", ...onDay(24)],
    ]) {
      const { stderr } = await workspace.partwatch(["--log-level", "debug", ...args]);
      expect(stderr).toMatch(/\*\*\* check: started|"monitor":"\*\*\*"/);
      expect(stderr).not.toContain("canary");
    }
  });

  const shapes = [TOKEN, PASSWORD, ...[PASSWORD, `\0${user.name}\0${PASSWORD}`].map((text) => btoa(text))];

  it("appear nowhere: not in output or log, state or mails, whether all is well or all goes wrong", async () => {
    await using workspace = await openWorkspace({
      files: { "monitors/board.yaml": boardList(), "partwatch.yaml": "inventree: { time_budget: 60 }\n" },
      mail: { user },
    });
    const texts: string[] = [];
    const debug = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
      const { stdout, stderr } = await workspace.partwatch(["--log-level", "debug", ...args], {
        env: { ...login.env, ...env },
      });
      texts.push(stdout, stderr);
    };
    await debug(["run", ...onDay(23)]);
    // A server that repeats what it was sent.
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 401, body: { detail: `Bad ${TOKEN}` } } });
    await debug(["run", ...onDay(24)]);
    await debug(["calc", "Board:1"]);
    workspace.inventree.faults.clear();
    putStock(workspace.inventree, CHIP, 1);
    workspace.sink.behave({ auth: () => ({ code: 535, text: `5.7.8 Not ${PASSWORD} ${btoa(PASSWORD)}` }) });
    await debug(["run", ...onDay(25)]);
    await debug(["run", ...onDay(25, 5)], { INVENTREE_URL: `http://me:${encodeURIComponent(PASSWORD)}@127.0.0.1:1/` });
    workspace.sink.behave({});
    await debug(["run", "--json", ...onDay(25, 10)]);
    await debug(["status"]);
    expect(workspace.sink.mails().length).toBeGreaterThanOrEqual(3);
    texts.push(...workspace.sink.mails().map(({ raw }) => raw));
    texts.push(await workspace.git("log", "--patch", "--format=%B", "partwatch-state"));
    expect(texts.join("\n")).toContain("535");
    for (const secret of [...shapes, encodeURIComponent(PASSWORD)])
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
  });
});
