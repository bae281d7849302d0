// What doctor needs, built without complaints: the part of the wiring for which missing settings are findings.

import type { DoctorDeps, HeartbeatTarget, MailCheckTarget, OrderTokenTarget } from "../app/doctor/deps.ts";
import { forgeIn } from "../core/forge.ts";
import type { GithubApi } from "../core/github-api.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { heartbeatAddress, heartbeatName } from "../core/settings/heartbeat-settings.ts";
import { DEFAULT_INSTANCE, ORDER_TOKEN } from "../core/settings/instances.ts";
import type { MailDkim } from "../core/settings/mail-dkim.ts";
import type { MailServer } from "../core/settings/mail-settings.ts";
import { proxyProblems, routesIn } from "../core/settings/proxy.ts";
import { readSettings, type Settings, serverSettings } from "../core/settings/settings.ts";
import { isThisMachine } from "../core/settings/this-machine.ts";
import { type Variables, variable } from "../core/settings/variables.ts";
import type { GithubSettings } from "../github/octokit.ts";
import { createClient } from "../inventree/client.ts";
import { lacksForOrders } from "../inventree/order-token.ts";
import { readDotenv } from "../monitors/dotenv.ts";
import type { DkimRecord } from "../notify/email/dkim-record.ts";
import { createMailSender, type MailSender } from "../notify/email/send.ts";
import { openGithubBranch } from "../state/github-branch.ts";
import { describeRepository, isExposed } from "../system/repository.ts";
import { channelProblems, githubIn } from "./channels.ts";
import { openCheckout } from "./checkout.ts";
import { targetForge } from "./repository-pages.ts";
import { listsFolder, storeOf, variablesOver, type WireOptions } from "./run.ts";
import { secretsOf } from "./secrets.ts";
import { openServers } from "./servers.ts";
import { readTemplate } from "./template.ts";

/** Everything that doctor needs; close it when done. */
export interface WiredDoctor {
  readonly deps: DoctorDeps;
  readonly close: () => Promise<void>;
}

/** Somebody is waiting: a server that does not answer for so long is given up. */
const TIMEOUT_MS = 20_000;

/** Reads settings and lists. Missing or wrong settings never make it throw. */
export async function wireDoctor(
  options: Pick<WireOptions, "root" | "env" | "log" | "clock" | "mask" | "github"> & {
    readonly now: Date;
    /** The running action, if it is known already. */
    readonly action?: string | undefined;
  },
): Promise<WiredDoctor> {
  const { root, log, env, clock } = options;
  const [dotenv, read, repository, dotenvIsExposed] = await Promise.all([
    readDotenv(root, env),
    openCheckout(root, options).readForWorkflows(clock.now()),
    describeRepository(root),
    isExposed(root, ".env"),
  ]);
  if (dotenv.unread !== undefined) log.warning(dotenv.unread, { step: "settings" });
  const variables = variablesOver(dotenv.variables, env);
  const { config } = read;
  const settings = readSettings(variables, config.mail);
  const template = await readTemplate(root, config);
  const secrets = secretsOf({ read, config, variables });
  options.mask?.(secrets);
  // With forges other than GitHub, only the clone is examined.
  const here = forgeIn(variables);
  const forge = here === "github" ? targetForge(config) : here;
  const github = forge === "github" ? githubIn(variables, repository) : undefined;
  const channels = channelProblems({ mode: "send", settings, variables, read, config, clock, log, github, forge });
  const ofMail = new Set(settings.problems);
  const servers = openServers({ variables, config: withShortTimeouts(config), log, clock });
  const api = github === undefined ? undefined : await connect(github, { clock, log });
  // A workflow's checkout does not include the state branch.
  const isWorkflow = variables.GITHUB_ACTIONS === "true" && api !== undefined && config.state.remote === undefined;
  const mail = mailOf({ settings, variables, config, clock, log, repository: repository.name, now: options.now });
  return {
    deps: {
      root,
      place: await listsFolder({ root, env }),
      read: { ...read, problems: [...read.problems, ...template.problems] },
      dotenv: { problems: [...dotenv.problems, ...proxyProblems(variables)], isExposed: dotenvIsExposed },
      channelProblems: channels.filter((problem) => !ofMail.has(problem)),
      servers,
      orderToken: orderTokenOf({ variables, config, clock, log }),
      mail: mail.target,
      heartbeat: heartbeatOf({ variables, config, clock, log, secrets }),
      store: isWorkflow
        ? openGithubBranch({ api, branch: config.state.branch, clock, log })
        : await storeOf({ root, log, env, ...defined({ github: options.github }) }, { config, clock }),
      github: api,
      isOnGithub: repository.webUrl?.startsWith("https://github.com/") === true,
      clock,
      log,
    },
    close: async () => {
      await Promise.all([servers.close(), mail.sender?.close()]);
    },
  };
}

function withShortTimeouts(config: Config): Pick<Config, "instances" | "inventree"> {
  const { requestTimeoutMs, timeBudgetMs } = config.inventree;
  return {
    instances: config.instances,
    inventree: {
      ...config.inventree,
      requestTimeoutMs: Math.min(requestTimeoutMs, TIMEOUT_MS),
      timeBudgetMs: Math.min(timeBudgetMs, TIMEOUT_MS),
    },
  };
}

/** Asks only for permissions: doctor never loads what writes. */
function orderTokenOf({
  variables,
  config,
  clock,
  log,
}: Pick<MailInput, "variables" | "config" | "clock" | "log">): OrderTokenTarget | undefined {
  if (variable(variables, ORDER_TOKEN) === undefined) return undefined;
  const { value, problems } = serverSettings(variables, { ...DEFAULT_INSTANCE, tokenEnv: ORDER_TOKEN });
  const wrong = problems.filter(({ path }) => path === ORDER_TOKEN);
  if (wrong.length > 0) return { kind: "wrong", problems: wrong };
  if (value === undefined) return undefined;
  const { inventree: limits } = withShortTimeouts(config);
  return {
    kind: "ready",
    isReading: value.token === variable(variables, DEFAULT_INSTANCE.tokenEnv),
    lacks: async () => {
      const client = createClient({ ...value, clock, log, limits, routes: routesIn(variables) });
      return lacksForOrders(client).finally(client.close);
    },
  };
}

function heartbeatOf({
  variables,
  config,
  clock,
  log,
  secrets,
}: Pick<MailInput, "variables" | "config" | "clock" | "log"> & {
  readonly secrets: readonly string[];
}): HeartbeatTarget | undefined {
  if (config.heartbeat === null) return undefined;
  const address = heartbeatAddress(config.heartbeat, variables);
  if (address.kind === "wrong") return address;
  const name = heartbeatName(config.heartbeat);
  return {
    kind: "ready",
    name,
    ping: async (text) => {
      const { openPinger } = await import("../notify/heartbeat/ping.ts");
      const { ping, close } = openPinger({ name, url: address.url, routes: routesIn(variables), clock, log, secrets });
      return ping("log", text).finally(close);
    },
  };
}

async function connect(
  settings: GithubSettings,
  { clock, log }: Pick<DoctorDeps, "clock" | "log">,
): Promise<GithubApi> {
  const { connectGithub } = await import("../github/octokit.ts");
  return connectGithub({ settings: { ...settings, timeoutMs: TIMEOUT_MS }, clock, log });
}

interface MailInput extends Pick<DoctorDeps, "clock" | "log"> {
  readonly settings: Settings;
  readonly variables: Variables;
  readonly config: Config;
  readonly repository: string;
  readonly now: Date;
}

function mailOf(input: MailInput): { readonly target: MailCheckTarget; readonly sender?: MailSender } {
  const { settings, variables, config, clock } = input;
  if (!settings.mailEnabled) return { target: { kind: "off" } };
  const problems = settings.problems;
  const { admins, mail } = settings;
  if (problems.length > 0 || mail === undefined) return { target: { kind: "wrong", problems, admins } };
  const server: MailServer = { ...mail, senderName: config.mail.senderName };
  const sender = createMailSender({
    server,
    clock,
    routes: routesIn(variables),
    timeoutMs: TIMEOUT_MS,
    attempts: 2,
  });
  const { host, port, mode, username, oauth, dkim } = server;
  const used = { oauth: oauth !== undefined, dkim: dkim !== undefined };
  return {
    sender,
    target: {
      kind: "ready",
      where: `${host}:${port}`,
      mode,
      isThisMachine: isThisMachine(host),
      username: username ?? null,
      usesOauth: used.oauth,
      dkim: dkim === undefined ? null : { ...dkim, sender: server.sender, find: () => findDkimRecord(dkim) },
      notHandedOver: MAIL_SWITCHES.filter((name) => used[name] && !config.mail[name]),
      admins,
      verify: sender.verify,
      sendTest: () => sendTest(input, sender),
    },
  };
}

const MAIL_SWITCHES = ["oauth", "dkim"] as const;

/** Loads the DNS client. */
async function findDkimRecord(dkim: MailDkim): Promise<DkimRecord> {
  const { dkimRecord, resolver } = await import("../notify/email/dkim-record.ts");
  return dkimRecord(dkim, resolver());
}

async function sendTest({ settings, config, repository, now, log }: MailInput, sender: MailSender) {
  const { renderTestMail } = await import("../notify/email/test-mail.ts");
  const { language, timezone } = config.monitorDefaults;
  return sender.send(renderTestMail({ repository, at: now, language, timezone }), settings.admins, { log });
}
