// What doctor looks at, put together without complaints: the part of wire.ts that takes what is missing for a finding.
import type { DoctorDeps } from "./app/doctor.ts";
import type { MailPatient } from "./app/doctor-mail.ts";
import type { GithubApi } from "./core/github-api.ts";
import type { Config } from "./core/settings/config.ts";
import type { MailServer } from "./core/settings/mail-server.ts";
import { readSettings, type Settings } from "./core/settings/settings.ts";
import { isThisMachine } from "./core/settings/this-machine.ts";
import type { GithubSettings } from "./github/octokit.ts";
import { readDotenv } from "./monitors/dotenv.ts";
import { createMailSender, type MailSender } from "./notify/email/send.ts";
import { openGithubBranch } from "./state/github-branch.ts";
import { describeRepository, isExposed } from "./system/repository.ts";
import { placeOf, storeOf, variablesOver, type WireOptions } from "./wire.ts";
import { channelProblems, githubIn } from "./wire-channels.ts";
import { openCheckout } from "./wire-checkout.ts";
import { openServers } from "./wire-servers.ts";

/** Everything that doctor needs; close it when done. */
export interface WiredDoctor {
  readonly deps: DoctorDeps;
  readonly close: () => Promise<void>;
}

/** Somebody sits there and waits: a server that says nothing for so long is not asked any longer. */
const PATIENCE_MS = 20_000;

/** Reads settings and lists. Throws nothing for what is missing or wrong in them. */
export async function wireDoctor(
  options: Pick<WireOptions, "root" | "env" | "log" | "clock"> & { readonly now: Date },
): Promise<WiredDoctor> {
  const { root, log, env, clock } = options;
  const [dotenv, read, repository, dotenvIsExposed] = await Promise.all([
    readDotenv(root, env),
    openCheckout(root).readForWorkflows(clock.now()),
    describeRepository(root),
    isExposed(root, ".env"),
  ]);
  if (dotenv.unread !== undefined) log.warning(dotenv.unread, { step: "settings" });
  const variables = variablesOver(dotenv.variables, env);
  const settings = readSettings(variables);
  const { config } = read;
  const github = githubIn(variables, repository);
  const channels = channelProblems({ mode: "send", settings, variables, read, config, clock, log, github });
  const ofMail = new Set(settings.problems);
  const servers = openServers({ variables, config: hasty(config), log, clock });
  const api = github === undefined ? undefined : await connect(github, { clock, log });
  // A workflow's checkout knows nothing of the state branch.
  const isWorkflow = variables.GITHUB_ACTIONS === "true" && api !== undefined;
  const mail = mailOf({ settings, config, clock, log, repository: repository.name, now: options.now });
  return {
    deps: {
      root,
      place: await placeOf({ root, env }),
      read,
      dotenv: { problems: dotenv.problems, isExposed: dotenvIsExposed },
      channelProblems: channels.filter((problem) => !ofMail.has(problem)),
      servers,
      mail: mail.patient,
      store: isWorkflow
        ? openGithubBranch({ api, branch: config.state.branch, clock, log })
        : await storeOf({ root, log, env }, { config, clock }),
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

function hasty(config: Config): Pick<Config, "instances" | "inventree"> {
  const { requestTimeoutMs, timeBudgetMs } = config.inventree;
  return {
    instances: config.instances,
    inventree: {
      ...config.inventree,
      requestTimeoutMs: Math.min(requestTimeoutMs, PATIENCE_MS),
      timeBudgetMs: Math.min(timeBudgetMs, PATIENCE_MS),
    },
  };
}

async function connect(
  settings: GithubSettings,
  { clock, log }: Pick<DoctorDeps, "clock" | "log">,
): Promise<GithubApi> {
  const { connectGithub } = await import("./github/octokit.ts");
  return connectGithub({ settings: { ...settings, timeoutMs: PATIENCE_MS }, clock, log });
}

interface MailQuestion extends Pick<DoctorDeps, "clock" | "log"> {
  readonly settings: Settings;
  readonly config: Config;
  readonly repository: string;
  readonly now: Date;
}

function mailOf(question: MailQuestion): { readonly patient: MailPatient; readonly sender?: MailSender } {
  const { settings, config, clock } = question;
  if (!settings.mailEnabled) return { patient: { kind: "off" } };
  const problems = settings.problems;
  const { admins, mail } = settings;
  if (problems.length > 0 || mail === undefined) return { patient: { kind: "wrong", problems, admins } };
  const server: MailServer = { ...mail, senderName: config.mail.senderName };
  const sender = createMailSender({ server, clock, timeoutMs: PATIENCE_MS, attempts: 2 });
  const { host, port, mode, username } = server;
  return {
    sender,
    patient: {
      kind: "ready",
      where: `${host}:${port}`,
      mode,
      isThisMachine: isThisMachine(host),
      username: username ?? null,
      admins,
      verify: sender.verify,
      sendTest: () => sendTest(question, sender),
    },
  };
}

async function sendTest({ settings, config, repository, now, log }: MailQuestion, sender: MailSender) {
  const { renderTestMail } = await import("./notify/email/test-mail.ts");
  const { language, timezone } = config.monitorDefaults;
  return sender.send(renderTestMail({ repository, at: now, language, timezone }), settings.admins, { log });
}
