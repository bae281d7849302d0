// Where the bundled program runs as a process, with everything that it reaches through a tripwire: a clone with mail and a
// webhook, and a runner of GitHub's with mail and issues, whose state stands behind the API.
import { join } from "node:path";
import type { MailSink } from "../../../demo/mail-sink.ts";
import type { StateFiles } from "../../../src/core/notification/state.ts";
import { systemClock } from "../../../src/system/clock.ts";
import type { GithubContext } from "../../../src/wire/run.ts";
import { startReceiver } from "../../notify/webhook/receiver.ts";
import { openRunner, SECRETS } from "../../support/action.ts";
import { openObjects } from "../../support/github-api/objects.ts";
import { type RunHere, runHere } from "../../support/run-here.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";
import { inside, openWorkspace, TOKEN } from "../../support/workspace.ts";
import { lookAt } from "./places.ts";
import { openTripwire, type Spot, type Tripwire } from "./tripwire.ts";

export interface Site extends AsyncDisposable {
  readonly tripwire: Tripwire;
  readonly putChips: (quantity: number) => void;
  /** Runs the program, and kills it at that spot. The exit code; -1 if it was killed. */
  readonly runUntil: (spot: Spot | undefined) => Promise<void>;
  /** A run in this process that takes over what others have claimed. What has failed in it. */
  readonly recover: () => Promise<readonly string[]>;
  readonly state: () => Promise<StateFiles>;
  readonly sink: MailSink;
  /** What the other channel shows of each list at last, in words that are the same for the same result. */
  readonly shown: () => Readonly<Record<string, string>>;
}

const LISTS = {
  a: boardList({ name: "List a", recipients: "[a@example.com]" }),
  b: boardList({ name: "List b", recipients: "[b@example.com]" }),
};

function files(channels: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(LISTS).map(([id, text]) => [`monitors/${id}.yaml`, `${text}channels: ${channels}\n`]),
  );
}

/** A person's machine, or a server with cron: git, mail, a webhook. */
export async function openCloneSite(): Promise<Site> {
  const workspace = await openWorkspace({ files: files("{ webhook: { url_env: HOOK } }") });
  const { root, sink, inventree } = workspace;
  const receiver = await startReceiver();
  const objects = openObjects(join(root, ".git"));
  const tripwire = await openTripwire(join(root, "../tripwire"));
  const ports = {
    inventree: await tripwire.through("inventree", Number(new URL(inventree.url).port)),
    mail: await tripwire.through("mail", sink.port),
    hook: await tripwire.through("webhook", Number(new URL(receiver.url).port)),
  };
  const direct = {
    ...mailSettings(sink),
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: TOKEN,
    HOOK: receiver.url,
    PATH: process.env.PATH,
  };
  return {
    tripwire,
    sink,
    putChips: (quantity) => putStock(inventree, CHIP, quantity),
    runUntil: async (spot) => {
      const env = {
        INVENTREE_URL: local(ports.inventree),
        EMAIL_SMTP_PORT: String(ports.mail),
        HOOK: local(ports.hook),
        ...tripwire.environment(spot),
      };
      let kill = () => {};
      await tripwire.arm(spot, () => kill());
      const running = workspace.begin(["run", "--all", "--json"], { env });
      kill = running.kill;
      await running.finished;
    },
    recover: () => recovered({ root, env: direct }),
    state: () => lookAt(objects, "partwatch-state"),
    shown: () => Object.fromEntries(receiver.received.map(({ body }) => resultIn(JSON.parse(body)))),
    [Symbol.asyncDispose]: async () => {
      await tripwire[Symbol.asyncDispose]();
      await receiver.close();
      objects.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

/** GitHub's runner: no clone, issues. */
export async function openActionSite(): Promise<Site> {
  const runner = await openRunner(files("{ issue: { active: true } }"));
  const { root, sink, inventree, github } = runner;
  const tripwire = await openTripwire(join(root, "../tripwire"));
  const ports = {
    inventree: await tripwire.through("inventree", Number(new URL(inventree.url).port)),
    mail: await tripwire.through("mail", sink.port),
    github: await tripwire.through("github", Number(new URL(github.apiUrl).port)),
  };
  const context: GithubContext = {
    token: SECRETS.github,
    repository: "acme/lists",
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    serverUrl: "https://github.com",
    runUrl: undefined,
    refName: "main",
    isDefaultBranch: true,
  };
  const direct = {
    ...mailSettings(sink),
    EMAIL_USERNAME: "partwatch",
    EMAIL_PASSWORD: SECRETS.password,
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: SECRETS.inventree,
    GITHUB_WORKSPACE: root,
  };
  return {
    tripwire,
    sink,
    putChips: (quantity) => putStock(inventree, CHIP, quantity),
    runUntil: async (spot) => {
      let kill = () => {};
      await tripwire.arm(spot, () => kill());
      await runner.run({
        event: "schedule",
        inputs: { all: "true" },
        env: {
          INVENTREE_URL: local(ports.inventree),
          EMAIL_SMTP_PORT: String(ports.mail),
          GITHUB_API_URL: local(ports.github),
          GITHUB_GRAPHQL_URL: `${local(ports.github)}/graphql`,
        },
        onStart: (end) => {
          kill = end;
        },
      });
    },
    recover: () => recovered({ root, env: direct, github: context }),
    state: () => lookAt(github.repository.objects, "partwatch-state"),
    shown: () =>
      Object.fromEntries(
        [...Map.groupBy(github.world.issues.all, ({ title }) => /List (\w)/.exec(title)?.[1] ?? "")].map(
          ([id, issues]) => [
            id,
            issues.flatMap((issue) => (issue.state === "open" ? [rowIn(issue.body ?? "")] : [])).join(" and ") ||
              "closed",
          ],
        ),
      ),
    [Symbol.asyncDispose]: async () => {
      await tripwire[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
    },
  };
}

function recovered(where: Pick<RunHere, "root" | "env" | "github">): Promise<readonly string[]> {
  return runHere({ ...where, which: { kind: "all" }, now: systemClock.now(), takeOver: true });
}

function mailSettings(sink: MailSink): Readonly<Record<string, string>> {
  return {
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_USE_SSL: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  };
}

function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** The list of a webhook's payload, and the hash of the result that it tells. */
function resultIn(payload: unknown): [string, string] {
  return [String(inside(payload, "monitor", "id")), String(inside(payload, "hash"))];
}

/** What an issue's table says of the chip. */
function rowIn(body: string): string {
  return `open: ${/>Chip<[^\n]*?<td[^>]*>(\d+)</.exec(body)?.[1]}`;
}
