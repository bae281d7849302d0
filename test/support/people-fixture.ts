// A team at work: lists in a repository, an InvenTree, a mail server, and GitHub with its issues; runs go on in this process,
// so that they can be watched and nobody waits for retries.
import { type Decided, type Decision, decide } from "../../src/app/manage/alerts.ts";
import { run } from "../../src/app/run/run.ts";
import type { RunResult } from "../../src/app/run/run-result.ts";
import type { Log, LogFields } from "../../src/core/ports.ts";
import { type GithubContext, wire } from "../../src/wire/run.ts";
import { testClock } from "./github-api/fixture.ts";
import type { IssuesWorld } from "./github-api/issues-world.ts";
import { type GithubApiServer, startGithubApi } from "./github-api/server.ts";
import { openWorkspace, TOKEN, type Workspace } from "./workspace.ts";

export const GITHUB_TOKEN = "ghs_0123456789secret";

export interface Office extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly github: GithubApiServer;
  readonly issues: IssuesWorld;
  /** A run on that day of November 2026 at 07:00 UTC, or so many minutes later. */
  readonly run: (day: number, options?: RunChoice) => Promise<RunResult>;
  /** What Ann does by `partwatch ack <id> <part>`, at that instant of the world's clock. */
  readonly decide: (
    id: string,
    part: string,
    of: { readonly kind: Decision["kind"]; readonly at: Date },
  ) => Promise<Decided>;
  /** What the runs have logged. */
  readonly lines: readonly string[];
}

export interface RunChoice {
  readonly minutes?: number;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** Counts a run that may still be sending as dead. */
  readonly takeOver?: boolean;
  /** As in a workflow: the state stands on GitHub too. */
  readonly inWorkflow?: boolean;
  /** Beside the settings of the office; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Opens it with these files; `await using` closes it. */
export async function openOffice(files: Readonly<Record<string, string>>): Promise<Office> {
  const workspace = await openWorkspace({ files });
  const github = await startGithubApi({ dir: `${workspace.root}/../github.git`, token: GITHUB_TOKEN });
  const lines: string[] = [];
  const settings = {
    INVENTREE_URL: workspace.inventree.url,
    INVENTREE_API_TOKEN: TOKEN,
    EMAIL_SMTP_SERVER: workspace.sink.host,
    EMAIL_SMTP_PORT: String(workspace.sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USE_SSL: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    GITHUB_TOKEN,
    GITHUB_REPOSITORY: "acme/lists",
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
  };
  return {
    workspace,
    github,
    issues: github.world.issues,
    lines,
    run: async (
      day,
      { minutes = 0, force = false, dryRun = false, takeOver = false, inWorkflow = false, env = {} } = {},
    ) => {
      const wired = await wire({
        root: workspace.root,
        env: { ...settings, ...env },
        log: logTo(lines),
        clock: testClock(),
        ...(inWorkflow ? { github: workflowOn(github) } : {}),
        needs: { inventree: true, mail: dryRun ? "pretend" : "send" },
      });
      try {
        const now = new Date(Date.UTC(2026, 10, day, 7, minutes));
        return await run(wired.deps, { which: { kind: "due" }, force, dryRun, takeOver, now });
      } finally {
        await wired.close();
      }
    },
    decide: async (id, part, { kind, at }) => {
      const wired = await wire({
        root: workspace.root,
        env: settings,
        log: logTo(lines),
        clock: testClock(),
        needs: { inventree: false, mail: "none" },
      });
      try {
        return await decide({ store: wired.deps.store, id, part, decision: { kind, by: "Ann" }, at });
      } finally {
        await wired.close();
      }
    },
    [Symbol.asyncDispose]: async () => {
      await github.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

function workflowOn({ apiUrl, graphqlUrl }: GithubApiServer): GithubContext {
  return {
    token: GITHUB_TOKEN,
    repository: "acme/lists",
    apiUrl,
    graphqlUrl,
    serverUrl: "https://github.com",
    runUrl: "https://github.com/acme/lists/actions/runs/42",
    refName: "main",
    isDefaultBranch: true,
  };
}

function logTo(lines: string[]): Log {
  const say = (level: string) => (message: string, fields?: LogFields) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  const log: Log = {
    error: say("error"),
    warning: say("warning"),
    info: say("info"),
    debug: say("debug"),
    with: () => log,
  };
  return log;
}
