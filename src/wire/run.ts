// Settings → Deps: the one place that knows which adapters there are. Nothing below it reads the environment.

import { randomBytes } from "node:crypto";
import { join, relative, sep } from "node:path";
import type { Deps } from "../app/deps.ts";
import { FailureError } from "../core/failure.ts";
import type { Forge } from "../core/forge.ts";
import type { Clock, Environment, Log, RequestCost } from "../core/ports.ts";
import { formatProblem, type Problem, problemText } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { type Instance, unknownInstance } from "../core/settings/instances.ts";
import { proxyProblems } from "../core/settings/proxy.ts";
import { readSettings } from "../core/settings/settings.ts";
import type { Variables } from "../core/settings/variables.ts";
import { CONFIG_FILE } from "../monitors/config.ts";
import { readDotenv } from "../monitors/dotenv.ts";
import { type MonitorsRead, readMonitors } from "../monitors/read.ts";
import type { ListRead } from "../monitors/read-list.ts";
import type { Notification } from "../notify/channel.ts";
import { openGitBranch } from "../state/git-branch.ts";
import { knownRef } from "../state/git-known.ts";
import { openGithubBranch } from "../state/github-branch.ts";
import type { StateStore } from "../state/store.ts";
import { alarm } from "../system/alarm.ts";
import { describeRepository, hasRef, placeInRepository, type Repository } from "../system/repository.ts";
import { removeOldScratch } from "../system/scratch.ts";
import { channelAdapters, channelProblems, githubIn, type NotificationMode } from "./channels.ts";
import type { FoundSettings } from "./heartbeat.ts";
import { type MailFiles, mailFiles, sharedMailFiles } from "./mail-files.ts";
import { repositoryPages, targetForge } from "./repository-pages.ts";
import { secretsOf } from "./secrets.ts";
import { openServers, type Servers } from "./servers.ts";
import { readTemplate } from "./template.ts";

export interface WireOptions {
  /** Absolute folder of the repository. */
  readonly root: string;
  readonly env: Environment;
  readonly log: Log;
  readonly clock: Clock;
  /** State on GitHub, through its API; absent: in Git, through this clone. */
  readonly github?: GithubContext;
  readonly needs: Needs;
  /** The state is used as it is, although it has lost what this clone knew of it. */
  readonly acceptState?: boolean;
  /** Aborted when the process is asked to end in order; absent: never. */
  readonly ending?: AbortSignal;
  /** 128 random bits, hex; absent: the machine's own. */
  readonly randomId?: () => string;
  /** Receives the values that must appear nowhere, before any request is made. */
  readonly mask?: (secrets: readonly string[]) => void;
  /** Given the settings as soon as they are known, before any of them is refused. */
  readonly onSettings?: (found: FoundSettings) => void;
  /** Of the servers in partwatch.yaml only these are used, and the one with the fixed variable names; absent: all. */
  readonly trusted?: readonly Instance[];
}

/** Which settings are required; the others may be missing. */
export interface Needs {
  /** false: a server's settings are required only when it is used. */
  readonly inventree: boolean;
  /** Only this server is used; absent: all that lists name. */
  readonly instance?: string;
  readonly mail: NotificationMode;
}

/** Where a workflow runs: on GitHub, or on a forge with the same variables. */
export interface GithubContext {
  /** Absent: GitHub. */
  readonly forge?: Forge;
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
  /** What is wrong with partwatch.yaml; then `config` has only its valid sections, and no list may be calculated with it. */
  readonly configProblems: readonly Problem[];
  /** A report's mail as files, by ending: what would be sent. */
  readonly mailFiles: (notification: Notification) => Promise<MailFiles>;
  /** The same for a mail that several lists share; each CSV is attached to the message. */
  readonly sharedMailFiles: (
    notifications: readonly [Notification, ...Notification[]],
  ) => Promise<Omit<MailFiles, "csv">>;
  /** Reads a monitor-shaped file that is not a monitor; relative to the working directory. */
  readonly readList: (file: string) => Promise<ListRead>;
  /** A server's address, for links; undefined: not set. */
  readonly inventreeUrl: (instance: string) => string | undefined;
  /** Active parts of a server, found by words. Rejects with FailureError. */
  readonly findParts: Servers["find"];
  /** What is going on, for a progress line. */
  readonly progress: () => string;
  /** What all servers together have cost. */
  readonly spent: () => RequestCost;
  /** Values of variables that the lists name: they must appear nowhere. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Reads settings and lists and chooses the adapters. Throws FailureError (kind config) with every missing or contradictory
 * setting, before any request is made.
 */
export async function wire(options: WireOptions): Promise<Wired> {
  const { root, log, clock } = options;
  const now = clock.now();
  const [dotenv, read, repository] = await Promise.all([
    readDotenv(root, options.env),
    readMonitors({ root, now }),
    options.github === undefined ? describeRepository(root) : repositoryOn(options.github),
    removeOldScratch(now),
  ]);
  if (dotenv.unread !== undefined) log.warning(dotenv.unread, { step: "settings" });
  const variables = variablesOver(dotenv.variables, options.env);
  const { config } = read;
  const settings = readSettings(variables, config.mail);
  const github = options.github ?? githubIn(variables, repository);
  const forge = forgeOf(options, config);
  const input = { mode: options.needs.mail, settings, variables, read, config, clock, log, github, forge };
  const servers = openServers({ ...options, variables, config, clock });
  const secrets = secretsOf({ read, config, variables });
  options.mask?.(secrets);
  const onDefaultBranch = repository.branch !== undefined && repository.branch === repository.defaultBranch;
  options.onSettings?.({ config, variables, secrets, onDefaultBranch });
  const serverProblems = servers.problems(askedInstances(read, options.needs));
  refuse([
    ...dotenv.problems,
    ...proxyProblems(variables),
    ...(options.needs.inventree ? serverProblems : []),
    ...channelProblems(input),
  ]);
  const isMailing = options.needs.mail === "send" && settings.mailEnabled;
  const template = isMailing ? await readTemplate(root, config) : { problems: [] };
  const adapters = channelAdapters({ ...input, template: template.html });
  const runUrl = options.github?.runUrl;
  const deps: Deps = {
    clock,
    log,
    // The lists themselves are fine; their mails look different, and a warning says so.
    readMonitors: async () => ({ ...read, problems: [...read.problems, ...template.problems] }),
    inventree: servers.source,
    store: await storeOf(options, { config, clock }),
    channels: adapters.channels,
    admins: adapters.admins,
    links: { repository: repository.identity, ...defined({ run: runUrl }) },
    secrets,
    randomId: options.randomId ?? (() => randomBytes(16).toString("hex")),
    runTimeMs: config.limits.runTimeMs,
    endAfter: (milliseconds, reason) => alarm({ milliseconds, reason, ending: options.ending }),
    ...repositoryPages(repository, { context: options.github, issues: github?.repository, config, variables }),
    root,
    place: await listsFolder(options),
    onDefaultBranch,
  };
  const mailOptions = async () => ({
    from: { sender: settings.mail?.sender ?? "partwatch@localhost", senderName: config.mail.senderName },
    mail: config.mail,
    template: await templateOf({ root, config, log }),
  });
  return {
    deps,
    config,
    configProblems: read.broken.find(({ file }) => file === CONFIG_FILE)?.problems ?? [],
    mailFiles: async (notification) => mailFiles(notification, await mailOptions()),
    sharedMailFiles: async (notifications) => sharedMailFiles(notifications, await mailOptions()),
    readList: async (file) => {
      // Only the command line reads tables.
      const { readList } = await import("../monitors/read-list.ts");
      return readList({ file: join(file), root, config, now });
    },
    inventreeUrl: servers.address,
    findParts: servers.find,
    progress: () => `Reading InvenTree: ${servers.spent().requests} requests`,
    spent: servers.spent,
    secrets,
    close: async () => {
      await Promise.all([adapters.close(), servers.close()]);
    },
  };
}

/** Labels of the servers that a run may use: an inactive list has to be named to be checked. */
function askedInstances({ monitors, config }: MonitorsRead, { instance }: Needs): readonly string[] {
  if (instance !== undefined) {
    const unknown = unknownInstance(config.instances, instance);
    if (unknown !== undefined) throw new FailureError({ kind: "config", retryable: false, message: unknown });
    return [instance];
  }
  const labels = new Set(monitors.filter(({ active }) => active).map((monitor) => monitor.instance));
  return labels.size === 0 ? [config.monitorDefaults.instance] : [...labels].sort();
}

/** The environment over .env. An empty variable counts as not set, so it does not hide the file's. */
export function variablesOver(file: Variables, env: Variables): Variables {
  return { ...file, ...Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== "")) };
}

/**
 * On GitHub through its API, unless partwatch.yaml names a remote; in workflows elsewhere the branch of the remote, with the
 * job's token; else the branch of the remote that has it, else the branch of this clone.
 */
export async function storeOf(
  options: Pick<WireOptions, "root" | "log" | "env" | "github" | "acceptState">,
  { config, clock }: { readonly config: Config; readonly clock: Clock },
): Promise<StateStore> {
  const { root, log, env, github, acceptState } = options;
  const { branch, remote } = config.state;
  if (github !== undefined && (github.forge ?? "github") === "github" && remote === undefined) {
    // A laptop's run never loads GitHub's client.
    const { connectGithub } = await import("../github/octokit.ts");
    const api = connectGithub({ settings: github, clock, log });
    return openGithubBranch({ api, branch, clock, log, ...defined({ accept: acceptState }) });
  }
  const git = { root, branch, clock, log, environment: env, ...defined({ accept: acceptState }) };
  if (github !== undefined) return openGitBranch({ ...git, remote: remote ?? "origin", access: github });
  // What this clone has seen there must be there, or has to be restored.
  const seen = [`refs/remotes/origin/${branch}`, knownRef({ branch, remote: "origin" })];
  const known = remote ?? ((await hasRef(root, ...seen)) ? "origin" : undefined);
  return openGitBranch({ ...git, ...defined({ remote: known }) });
}

/** The lists' folder in their repository; in a workflow without a clone, in its workspace. */
export async function listsFolder({ root, env }: Pick<WireOptions, "root" | "env">): Promise<string | undefined> {
  const place = await placeInRepository(root);
  const workspace = env.GITHUB_WORKSPACE;
  if (place !== undefined || workspace === undefined) return place;
  const below = relative(workspace, root).split(sep).join("/") || ".";
  return below.startsWith("..") ? undefined : below;
}

function repositoryOn({ repository, serverUrl, refName, isDefaultBranch }: GithubContext): Repository {
  const base = { name: repository, identity: repository, webUrl: `${serverUrl}/${repository}`, branch: refName };
  return isDefaultBranch ? { ...base, defaultBranch: refName } : { ...base, defaultBranch: "" };
}

/** Where a workflow runs; for a clone, the forge that its settings name. */
function forgeOf({ github }: Pick<WireOptions, "github">, config: Config): Forge {
  return github === undefined ? targetForge(config) : (github.forge ?? "github");
}

/** The settings as a run would have them. */
async function templateOf({ root, config, log }: Pick<WireOptions, "root" | "log"> & { readonly config: Config }) {
  const { html, problems } = await readTemplate(root, config);
  for (const problem of problems)
    log.warning(`the built-in template is used: ${problemText(problem)}`, { step: "mail" });
  return html;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const message = problems.map(formatProblem).join("\n");
  throw new FailureError({ kind: "config", retryable: false, message });
}
