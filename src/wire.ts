// Settings → Deps: the one place that knows which adapters there are. Nothing below it asks the environment.
import { join } from "node:path";
import type { Deps, InventreeSource, Spent } from "./app/deps.ts";
import type { Clock } from "./core/clock.ts";
import type { Config } from "./core/config.ts";
import { FailureError } from "./core/failure.ts";
import type { Log } from "./core/log.ts";
import type { MailServer } from "./core/mail-server.ts";
import { formatProblem, type Problem } from "./core/problem.ts";
import { inventreeProblems, mailProblems, readSettings, type Settings } from "./core/settings.ts";
import { type Client, createClient } from "./inventree/client.ts";
import { readSnapshot } from "./inventree/snapshot.ts";
import { CONFIG_FILE } from "./monitors/config.ts";
import { readDotenv } from "./monitors/dotenv.ts";
import { type ListRead, type MonitorsRead, readList, readMonitors } from "./monitors/read.ts";
import type { AdminChannel, Channel } from "./notify/channel.ts";
import { createAdminChannel, createEmailChannel } from "./notify/email/channel.ts";
import { createMailSender } from "./notify/email/send.ts";
import { openGitBranch } from "./state/git-branch.ts";
import { openGithubBranch } from "./state/github-branch.ts";
import type { StateStore } from "./state/store.ts";
import { systemClock } from "./system/clock.ts";
import { describeRepository, type Repository, remoteWithBranch } from "./system/repository.ts";

export interface WireOptions {
  /** Absolute folder of the repository. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly clock?: Clock;
  /** State stands on GitHub, reached through its API; absent: in Git, through this clone. */
  readonly github?: GithubContext;
  readonly needs: Needs;
}

/** Which settings have to be there; the others may be missing. */
export interface Needs {
  readonly inventree: boolean;
  /** send: mails go out. pretend: it is only asked what would be told, without any mail settings. none: nobody is told. */
  readonly mail: "send" | "pretend" | "none";
}

/** Where a workflow runs. */
export interface GithubContext {
  readonly token: string;
  readonly repository: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly runUrl: string | undefined;
  readonly refName: string;
  readonly isDefaultBranch: boolean;
}

/** Everything that an entry needs; close it when done. */
export interface Wired {
  readonly deps: Deps;
  readonly config: Config;
  /** What is wrong with partwatch.yaml; `config` has then only its right sections, and no list is to be counted by it. */
  readonly configProblems: readonly Problem[];
  /** The From line of previews. */
  readonly sender: Pick<MailServer, "sender" | "senderName">;
  /** Reads a monitor-shaped file that is no monitor yet; relative to where the user is. */
  readonly readList: (file: string) => Promise<ListRead>;
  /** What is going on, for a progress line. */
  readonly progress: () => string;
  /** What all servers together have cost. */
  readonly spent: () => Spent;
  readonly close: () => Promise<void>;
}

/**
 * Reads settings and lists and chooses the adapters. Throws FailureError (kind config) with every missing or contradictory
 * setting, before anything is asked or sent.
 */
export async function wire(options: WireOptions): Promise<Wired> {
  const { root, log, clock = systemClock } = options;
  const [dotenv, read, repository] = await Promise.all([
    readDotenv(root),
    readMonitors({ root }),
    options.github === undefined ? describeRepository(root) : repositoryOn(options.github),
  ]);
  const settings = readSettings({ ...dotenv.variables, ...options.env });
  refuse([...dotenv.problems, ...missing(settings, read, options.needs)]);
  const { config } = read;
  const clients = new Map<string, Client>();
  const inventree = (instance: string) => sourceOf({ instance, settings, config, log, clock, clients });
  const mail = mailAdapters({ mail: options.needs.mail, settings, config, clock });
  const runUrl = options.github?.runUrl;
  const deps: Deps = {
    clock,
    log,
    readMonitors: async () => read,
    inventree,
    store: await storeOf(options, { config, clock }),
    channels: mail.channels,
    admin: mail.admin,
    links: { repository: repository.name, ...(runUrl === undefined ? {} : { run: runUrl }) },
    fileUrl: (path) => fileUrl(repository, path),
    authoritative: repository.defaultBranch === undefined || repository.branch === repository.defaultBranch,
  };
  const spent = () => total([...clients.values()].map((client) => client.spent()));
  return {
    deps,
    config,
    configProblems: read.broken.find(({ file }) => file === CONFIG_FILE)?.problems ?? [],
    sender: { sender: settings.mail?.sender ?? "partwatch@localhost", senderName: config.mail.senderName },
    readList: (file) => readList({ file: join(file), root, config }),
    progress: () => `Reading InvenTree: ${spent().requests} requests`,
    spent,
    close: async () => {
      mail.close();
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

/** One client per instance, however many checks use it. */
function sourceOf(of: {
  readonly instance: string;
  readonly settings: Settings;
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly clients: Map<string, Client>;
}): InventreeSource {
  const { instance, settings, config, log, clock, clients } = of;
  if (instance !== "default") {
    const message = `There is no InvenTree instance ${instance} in partwatch.yaml; leave out \`instance\` to use the only server there is.`;
    throw new FailureError({ kind: "config", retryable: false, message });
  }
  if (settings.inventree === undefined)
    throw new FailureError({
      kind: "config",
      retryable: false,
      message: "INVENTREE_URL and INVENTREE_API_TOKEN are not set.",
    });
  const known = clients.get(instance) ?? createClient({ ...settings.inventree, clock, log, limits: config.inventree });
  clients.set(instance, known);
  return {
    url: known.serverUrl,
    read: (need) => readSnapshot({ client: known, need, log, clock }),
    spent: () => known.spent(),
  };
}

function total(all: readonly Spent[]): Spent {
  const zero: Spent = { requests: 0, retries: 0, bytes: 0, milliseconds: 0 };
  return all.reduce(
    (sum, one) => ({
      requests: sum.requests + one.requests,
      retries: sum.retries + one.retries,
      bytes: sum.bytes + one.bytes,
      milliseconds: sum.milliseconds + one.milliseconds,
    }),
    zero,
  );
}

interface MailAdapters {
  readonly channels: readonly Channel[];
  readonly admin: AdminChannel | null;
  readonly close: () => void;
}

const NO_MAIL: MailAdapters = { channels: [], admin: null, close: () => {} };

/** Asked what would be told, it never is. */
const PRETENDED: Channel = {
  name: "email",
  tell: () => Promise.reject(new Error("Nobody is told in a dry run.")),
};

/** Report and admin mails share one connection. Nothing of it exists where all mail is switched off. */
function mailAdapters(of: {
  readonly mail: Needs["mail"];
  readonly settings: Settings;
  readonly config: Config;
  readonly clock: Clock;
}): MailAdapters {
  const { settings, config, clock } = of;
  if (of.mail === "none" || !settings.mailEnabled) return NO_MAIL;
  if (of.mail === "pretend") return { ...NO_MAIL, channels: [PRETENDED] };
  if (settings.mail === undefined) return NO_MAIL;
  const sender = createMailSender({ server: { ...settings.mail, senderName: config.mail.senderName }, clock });
  const { language, timezone } = config.monitorDefaults;
  const admin =
    settings.admins.length === 0
      ? null
      : createAdminChannel({ sender, recipients: settings.admins, language, timezone });
  return { channels: [createEmailChannel({ sender, rows: config.mail.rows })], admin, close: () => sender.close() };
}

/** On GitHub through its API; else the branch of the remote that knows it, else the branch of this clone. */
async function storeOf(
  options: WireOptions,
  { config, clock }: { readonly config: Config; readonly clock: Clock },
): Promise<StateStore> {
  const { root, log, env, github } = options;
  const { branch, remote } = config.state;
  if (github !== undefined) {
    // A laptop's run never loads GitHub's client.
    const { connectGithub } = await import("./github/octokit.ts");
    const api = connectGithub({ settings: github, clock, log });
    return openGithubBranch({ api, branch, clock, log });
  }
  const known = remote ?? (await remoteWithBranch(root, branch));
  return openGitBranch({
    root,
    branch,
    clock,
    log,
    environment: env,
    ...(known === undefined ? {} : { remote: known }),
  });
}

function repositoryOn({ repository, serverUrl, refName, isDefaultBranch }: GithubContext): Repository {
  const base = { name: repository, webUrl: `${serverUrl}/${repository}`, branch: refName };
  return isDefaultBranch ? { ...base, defaultBranch: refName } : { ...base, defaultBranch: "" };
}

/** Where a file of the default branch stands in the browser; GitHub's and GitLab's addresses are alike in this. */
function fileUrl({ webUrl, defaultBranch, branch }: Repository, path: string): string | undefined {
  const at = defaultBranch || branch;
  if (webUrl === undefined || at === undefined) return undefined;
  return `${webUrl}/blob/${[...at.split("/"), ...path.split("/")].map(encodeURIComponent).join("/")}`;
}

/** What has to be set and is not; what a command does not need may be missing. */
function missing(settings: Settings, read: MonitorsRead, needs: Needs): readonly Problem[] {
  const somebody =
    settings.admins.length > 0 ||
    read.monitors.some((monitor) => monitor.channels.email.active && monitor.recipients.length > 0);
  return [
    ...(needs.inventree ? inventreeProblems(settings) : []),
    ...(needs.mail === "send" && somebody ? mailProblems(settings) : []),
  ];
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const message = problems.map(formatProblem).join("\n");
  throw new FailureError({ kind: "config", retryable: false, message });
}
