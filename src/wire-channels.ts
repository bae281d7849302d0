// The ways to tell people, put together from settings and lists: the part of wire.ts that chooses channels.

import type { Clock } from "./core/clock.ts";
import type { Log } from "./core/log.ts";
import type { Problem } from "./core/problem.ts";
import type { Config } from "./core/settings/config.ts";
import type { Settings } from "./core/settings/settings.ts";
import { type Variables, variable } from "./core/settings/variables.ts";
import { type NamedWebhook, webhookProblems, webhookSecrets } from "./core/settings/webhook-settings.ts";
import { CHANNELS, type ChannelName } from "./core/telling/channels.ts";
import type { GithubSettings } from "./github/octokit.ts";
import { CONFIG_FILE } from "./monitors/config.ts";
import type { MonitorsRead } from "./monitors/read.ts";
import type { AdminChannel, Channel } from "./notify/channel.ts";
import { createAdminChannel, createEmailChannel } from "./notify/email/channel.ts";
import { createMailSender } from "./notify/email/send.ts";
import { createIssueAdmin } from "./notify/issue/admin.ts";
import { createIssueChannel } from "./notify/issue/channel.ts";
import { createWebhooks } from "./notify/webhook/channel.ts";

/** send: people are told. pretend: it is only asked what would be told, without any settings. none: nobody is told. */
export type TellingMode = "send" | "pretend" | "none";

export interface ChannelsQuestion {
  readonly mode: TellingMode;
  readonly settings: Settings;
  readonly variables: Variables;
  readonly read: MonitorsRead;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Where issues are; undefined: neither a workflow nor the variables say it. */
  readonly github: GithubSettings | undefined;
}

export interface ChannelAdapters {
  /** In the order in which people are told. */
  readonly channels: readonly Channel[];
  readonly admins: readonly AdminChannel[];
  /** Values that must appear nowhere. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
}

const NOTHING = { channels: [], admins: [], close: async () => {} };

/** Everything that is missing or wrong, where people are to be told. */
export function channelProblems(question: ChannelsQuestion): readonly Problem[] {
  const { mode, settings, variables, read, config } = question;
  if (mode !== "send") return [];
  const mails =
    settings.admins.length > 0 ||
    read.monitors.some((monitor) => monitor.channels.email.active && monitor.recipients.length > 0);
  return [
    ...(mails ? settings.problems : []),
    ...issueProblems(question),
    ...webhookProblems(webhooksOf(read, config), variables),
  ];
}

/** Chooses the channels. A channel that is switched off everywhere is there all the same: it is never asked. */
export function channelAdapters(question: ChannelsQuestion): ChannelAdapters {
  const { mode, settings, read, config, variables } = question;
  const secrets = webhookSecrets(webhooksOf(read, config), variables);
  if (mode === "none") return { ...NOTHING, secrets };
  if (mode === "pretend") {
    const names = CHANNELS.filter((name) => name !== "email" || settings.mailEnabled);
    const { listen } = issueAdapters(question).channels[0] ?? {};
    // What people have decided counts in a dry run, too.
    const channels = names.map((name) =>
      name === "issue" && listen !== undefined ? { ...pretended(name), listen } : pretended(name),
    );
    return { ...NOTHING, channels, secrets };
  }
  const all = [mailAdapters(question), issueAdapters(question), webhookAdapters(question)];
  return {
    channels: all.flatMap(({ channels }) => channels),
    admins: all.flatMap(({ admins }) => admins),
    secrets,
    close: async () => {
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}

/** Where issues are for a run outside of GitHub Actions: the token has to be given, the repository may be that of the clone. */
export function githubIn(
  variables: Variables,
  clone: { readonly name: string; readonly webUrl?: string },
): GithubSettings | undefined {
  const token = variable(variables, "GITHUB_TOKEN");
  const server = (variable(variables, "GITHUB_SERVER_URL") ?? "https://github.com").replace(/\/+$/, "");
  const own = clone.webUrl === `${server}/${clone.name}` ? clone.name : undefined;
  const repository = variable(variables, "GITHUB_REPOSITORY") ?? own;
  if (token === undefined || repository === undefined) return undefined;
  const known = variable(variables, "GITHUB_API_URL");
  const apiUrl = known ?? (server === "https://github.com" ? "https://api.github.com" : `${server}/api/v3`);
  const graphqlUrl = variable(variables, "GITHUB_GRAPHQL_URL") ?? apiUrl.replace(/\/v3$/, "").concat("/graphql");
  return { token, repository, apiUrl, graphqlUrl };
}

type Adapters = Omit<ChannelAdapters, "secrets">;

/** Asked what would be told, it never is. */
function pretended(name: ChannelName): Channel {
  return { name, tell: () => Promise.reject(new Error("Nobody is told in a dry run.")) };
}

/** Report and admin mails share one connection. Nothing of it exists where all mail is switched off. */
function mailAdapters({ settings, config, clock }: ChannelsQuestion): Adapters {
  if (!settings.mailEnabled || settings.mail === undefined) return NOTHING;
  const sender = createMailSender({ server: { ...settings.mail, senderName: config.mail.senderName }, clock });
  const { language, timezone } = config.monitorDefaults;
  const { admins: recipients } = settings;
  return {
    channels: [createEmailChannel({ sender, rows: config.mail.rows })],
    admins: recipients.length === 0 ? [] : [createAdminChannel({ sender, recipients, language, timezone })],
    close: () => sender.close(),
  };
}

/** The admins are told by issues where a list, or partwatch.yaml for all lists, has this channel. */
function issueAdapters({ read, config, clock, log, github }: ChannelsQuestion): Adapters {
  if (github === undefined) return NOTHING;
  const { language, timezone, channels } = config.monitorDefaults;
  const { labels, assignees } = channels.issue;
  const connect = async () => {
    // Who has no issues never loads GitHub's client.
    const { connectGithub } = await import("./github/octokit.ts");
    return connectGithub({ settings: github, clock, log });
  };
  const admin = createIssueAdmin({ connect, clock, labels, assignees, language, timezone });
  return {
    channels: [createIssueChannel({ connect, clock, language })],
    admins: usesIssues(read, config).length === 0 ? [] : [admin],
    close: async () => {},
  };
}

/** Issues are on GitHub, whatever else a run needs of it. */
function issueProblems({ read, config, github }: ChannelsQuestion): readonly Problem[] {
  const [user] = usesIssues(read, config);
  if (user === undefined || github !== undefined) return [];
  const message = `is not set, or it is not known which repository it is for; ${user} has the channel issue: set GITHUB_TOKEN (it may write issues) and GITHUB_REPOSITORY=owner/name, or switch that channel off.`;
  return [{ path: "GITHUB_TOKEN", message }];
}

/** Files that switch the channel on. */
function usesIssues(read: MonitorsRead, config: Config): readonly string[] {
  const own = read.monitors.filter(({ channels }) => channels.issue.active).map(({ file }) => file);
  return config.monitorDefaults.channels.issue.active ? [...own, CONFIG_FILE] : own;
}

/** The admins are told by the webhook of partwatch.yaml, if it names one. */
function webhookAdapters({ config, variables, clock }: ChannelsQuestion): Adapters {
  const webhooks = createWebhooks({ variable: (name) => variable(variables, name), clock });
  const { language, timezone, channels } = config.monitorDefaults;
  return {
    channels: [webhooks.channel],
    admins: channels.webhook.active ? [webhooks.admin({ settings: channels.webhook, language, timezone })] : [],
    close: webhooks.close,
  };
}

/** Every webhook that may be called: those of the lists, and that of partwatch.yaml. */
function webhooksOf(read: MonitorsRead, config: Config): readonly NamedWebhook[] {
  const own = read.monitors.map(({ file, channels }) => ({ file, settings: channels.webhook }));
  return [...own, { file: CONFIG_FILE, settings: config.monitorDefaults.channels.webhook }].filter(
    ({ settings }) => settings.active,
  );
}
