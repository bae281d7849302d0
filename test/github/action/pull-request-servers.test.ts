import { createServer, type Server } from "node:http";
import { describe, expect, it } from "vitest";
import { SECRETS } from "../../support/action.ts";
import { board, chips } from "../../support/action-lists.ts";
import { NUMBER, openPullRequest, payloadOf } from "../../support/pull-request.ts";
import { boardList } from "../../support/small-product.ts";

/** A server that somebody would like to have the token. */
interface Stranger extends AsyncDisposable {
  readonly url: string;
  /** What it got, headers and all. */
  readonly got: () => readonly string[];
}

async function openStranger(): Promise<Stranger> {
  const got: string[] = [];
  const server: Server = createServer((request, response) => {
    got.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stranger has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    got: () => got,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const servers = (urlEnv: string, label = "default") =>
  `instances:\n  - { label: ${label}, url_env: ${urlEnv}, token_env: INVENTREE_API_TOKEN }\n`;
const WITHHELD = "so that a pull request alone cannot send a token there";

describe("a pull request that would send the token elsewhere", () => {
  it("does not get there with a .env of its own: that file is not read, and the log says so", async () => {
    await using stranger = await openStranger();
    await using request = await openPullRequest(board);
    await request.propose({
      ".env": `INVENTREE_URL=${stranger.url}\nELSEWHERE_URL=${stranger.url}\n`,
      "partwatch.yaml": servers("ELSEWHERE_URL"),
      "monitors/chips.yaml": chips,
    });
    const { code, log } = await request.preview();
    expect({ code, got: stranger.got() }).toEqual({ code: 0, got: [] });
    expect(log).toContain(".env is not read where GITHUB_ACTIONS is set");
    expect(log).not.toContain(stranger.url);
  });

  it("is told, with what to do, why servers that it names are not asked; lists of others are previewed", async () => {
    await using stranger = await openStranger();
    await using request = await openPullRequest(board);
    await request.propose({
      "partwatch.yaml": servers("ELSEWHERE_URL", "elsewhere"),
      "monitors/chips.yaml": chips,
      "monitors/elsewhere.yaml": boardList({ name: "Elsewhere", instance: "elsewhere" }),
    });
    const { code, annotations, outputs } = await request.preview({ env: { ELSEWHERE_URL: stranger.url } });
    expect({ code, got: stranger.got() }).toEqual({ code: 0, got: [] });
    expect(outputs).toMatchObject({ checked: "1", failed: "1" });
    expect(annotations).toMatchObject([
      { kind: "warning", file: "monitors/elsewhere.yaml", message: expect.stringContaining(WITHHELD) },
    ]);
    const [body] = request.bodies();
    expect(body).toContain(WITHHELD);
    expect(body).toContain("Merge that change of partwatch.yaml first, or let somebody who has these settings");
    expect(body).not.toContain(SECRETS.inventree);
  });

  it("does not get there by the first server's own entry, nor by the command run", async () => {
    await using stranger = await openStranger();
    await using request = await openPullRequest(board);
    await request.propose({ "partwatch.yaml": servers("ELSEWHERE_URL"), "monitors/chips.yaml": chips });
    const env = { ELSEWHERE_URL: stranger.url };
    await request.preview({ env });
    const run = await request.preview({ env, inputs: { command: "run", all: "true" } });
    expect(run.code).toBe(1);
    expect(run.log).toContain(WITHHELD);
    expect(stranger.got()).toEqual([]);
    expect(request.runner.inventree.requests()).toEqual([]);
  });

  it("does not get there by a merge in its own history that stands in for the base", async () => {
    await using stranger = await openStranger();
    await using request = await openPullRequest(board);
    const { git, write } = request.runner;
    await git("checkout", "--quiet", "-B", "change", "main");
    await write("partwatch.yaml", servers("ELSEWHERE_URL"));
    await git("add", "--all");
    await git("commit", "--quiet", "--message=Servers");
    await git("checkout", "--quiet", "-B", "lists", "main");
    await write("monitors/chips.yaml", chips);
    await git("add", "--all");
    await git("commit", "--quiet", "--message=Chips");
    await git("checkout", "--quiet", "change");
    await git("merge", "--quiet", "--no-ff", "--message=Both", "lists");
    // The workflow checks out the branch instead of the merge.
    const head = await git("rev-parse", "HEAD");
    const payload = await payloadOf(request.runner);
    const pullRequest = {
      number: NUMBER,
      head: { ref: "change", sha: head, repo: { full_name: "acme/lists", fork: false } },
      base: { ref: "main", sha: await git("rev-parse", "main") },
    };
    const run = { payload: { ...payload, pull_request: pullRequest }, env: { ELSEWHERE_URL: stranger.url } };
    const { code } = await request.preview(run);
    expect({ code, got: stranger.got() }).toEqual({ code: 0, got: [] });
    expect(request.bodies()[0]).toContain(WITHHELD);
  });

  it("is previewed as ever where the branch that it goes into names these servers already", async () => {
    await using request = await openPullRequest({
      ...board,
      "partwatch.yaml": servers("STOCK_URL", "stock"),
    });
    await request.propose({
      "partwatch.yaml": `# Servers\n${servers("STOCK_URL", "warehouse")}`,
      "monitors/chips.yaml": boardList({ name: "Chips", instance: "warehouse" }),
    });
    const { outputs } = await request.preview({ env: { STOCK_URL: request.runner.inventree.url } });
    expect(outputs).toMatchObject({ checked: "1", failed: "0" });
    expect(request.bodies()[0]).not.toContain(WITHHELD);
  });
});
