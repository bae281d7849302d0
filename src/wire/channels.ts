// The ways to notify people, built from settings and lists: the part of the wiring that chooses channels.

import { CHANNELS, type ChannelName, noIssuesOn } from "../core/channels.ts";
import type { Forge } from "../core/forge.ts";
import type { Clock, Log } from "../core/ports.ts";
import type { Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { routesIn } from "../core/settings/proxy.ts";
import type { Settings } from "../core/settings/settings.ts";
import { type Variables, variable } from "../core/settings/variables.ts";
import { type NamedWebhook, webhookProblems } from "../core/settings/webhook-settings.ts";
import type { GithubSettings } from "../github/octokit.ts";
import { CONFIG_FILE } from "../monitors/config.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { AdminChannel, Channel } from "../notify/channel.ts";
import { createAdminChannel, createEmailChannel, isShared } from "../notify/email/channel.ts";
import { createMailSender } from "../notify/email/send.ts";
import { createIssueAdmin } from "../notify/issue/admin.ts";
import { createIssueChannel } from "../notify/issue/channel.ts";
import { createWebhooks } from "../notify/webhook/channel.ts";

/** send: people are notified. pretend: shows what would be sent, without any settings. none: nobody is notified. */
export type NotificationMode = "send" | "pretend" | "none";

export interface ChannelsInput {
  readonly mode: NotificationMode;
  readonly settings: Settings;
  readonly variables: Variables;
  readonly read: MonitorsRead;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Of report mails, compiled; absent: the built-in one. */
  readonly template?: string | undefined;
  /** The repository's forge, or the one that its workflows are written for. */
  readonly forge: Forge;
  /** The repository of the issues; undefined: neither a workflow nor the variables name it. */
  readonly github: GithubSettings | undefined;
}

export interface ChannelAdapters {
  /** In the order in which people are notified. */
  readonly channels: readonly Channel[];
  readonly admins: readonly AdminChannel[];
  readonly close: () => Promise<void>;
}

const NOTHING = { channels: [], admins: [], close: async () => {} };

/** All missing or invalid settings, if people are to be notified. */
export function channelProblems(input: ChannelsInput): readonly Problem[] {
  const { mode, settings, variables, read, config } = input;
  if (mode !== "send") return [];
  const mails =
    settings.admins.length > 0 ||
    read.monitors.some((monitor) => monitor.channels.email.active && monitor.recipients.length > 0);
  return [
    ...(mails ? settings.problems : []),
    ...issueProblems(input),
    ...webhookProblems(webhooksOf(read, config), variables),
  ];
}

/** Chooses the channels. A channel that is switched off everywhere exists too, but is never used. */
export function channelAdapters(input: ChannelsInput): ChannelAdapters {
  const { mode, settings } = input;
  if (mode === "none") return NOTHING;
  if (mode === "pretend") {
    const names = CHANNELS.filter((name) => name !== "email" || settings.mailEnabled);
    const { readDecisions } = issueAdapters(input).channels[0] ?? {};
    // What people have decided counts in a dry run, too.
    const channels = names.map((name): Channel => {
      if (name === "issue") return { ...pretended(name), ...defined({ readDecisions }) };
      const combine = combined(input.config);
      return name === "email" && combine !== undefined
        ? { ...pretended(name), together: { takes: (monitor) => isShared(monitor, combine), notify: nobody } }
        : pretended(name);
    });
    return { ...NOTHING, channels };
  }
  const all = [mailAdapters(input), issueAdapters(input), webhookAdapters(input)];
  return {
    channels: all.flatMap(({ channels }) => channels),
    admins: all.flatMap(({ admins }) => admins),
    close: async () => {
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}

/** The repository of issues for a run outside GitHub Actions: the token has to be given, the repository may be that of the clone. */
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

type Adapters = ChannelAdapters;

/** For showing what would be sent: sends nothing. */
function pretended(name: ChannelName): Channel {
  return { name, notify: nobody };
}

function nobody(): Promise<never> {
  return Promise.reject(new Error("Nobody is notified in a dry run."));
}

/** Which lists share mails. One with a template of its own has mails of its own. */
function combined({ mail }: Config): "all" | "digest" | undefined {
  if (mail.template !== null) return undefined;
  return mail.combine ? "all" : "digest";
}

/** Report and admin mails share one connection. It is not opened if all mail is switched off. */
function mailAdapters({ settings, variables, config, clock, template }: ChannelsInput): Adapters {
  if (!settings.mailEnabled || settings.mail === undefined) return NOTHING;
  const server = { ...settings.mail, senderName: config.mail.senderName };
  const sender = createMailSender({ server, clock, routes: routesIn(variables) });
  const { language, timezone } = config.monitorDefaults;
  const { admins: recipients } = settings;
  return {
    channels: [createEmailChannel({ sender, ...config.mail, template, combine: combined(config) })],
    admins: recipients.length === 0 ? [] : [createAdminChannel({ sender, recipients, language, timezone })],
    close: () => sender.close(),
  };
}

/** The admins are notified by issues if a list, or partwatch.yaml for all lists, uses this channel. */
function issueAdapters({ read, config, clock, log, github }: ChannelsInput): Adapters {
  if (github === undefined) return NOTHING;
  const { language, timezone, channels } = config.monitorDefaults;
  const { labels, assignees } = channels.issue;
  const connect = async () => {
    // A run without issues never loads GitHub's client.
    const { connectGithub } = await import("../github/octokit.ts");
    return connectGithub({ settings: github, clock, log });
  };
  const admin = createIssueAdmin({ connect, clock, labels, assignees, language, timezone });
  return {
    channels: [createIssueChannel({ connect, clock, language })],
    admins: usesIssues(read, config).length === 0 ? [] : [admin],
    close: async () => {},
  };
}

/** Issues are on GitHub, wherever everything else is. */
function issueProblems({ read, config, github, forge }: ChannelsInput): readonly Problem[] {
  const users = usesIssues(read, config);
  if (forge !== "github") return users.map((file) => ({ file, path: "channels.issue", message: noIssuesOn(forge) }));
  const [user] = users;
  if (user === undefined || github !== undefined) return [];
  const message = `is not set, or it is not known which repository it is for; ${user} has the channel issue: set GITHUB_TOKEN (it may write issues) and GITHUB_REPOSITORY=owner/name, or switch that channel off.`;
  return [{ path: "GITHUB_TOKEN", message }];
}

/** Files that switch the channel on. */
function usesIssues(read: MonitorsRead, config: Config): readonly string[] {
  const own = read.monitors.filter(({ channels }) => channels.issue.active).map(({ file }) => file);
  return config.monitorDefaults.channels.issue.active ? [...own, CONFIG_FILE] : own;
}

/** The admins are notified by the webhook of partwatch.yaml, if it names one. */
function webhookAdapters({ config, variables, clock }: ChannelsInput): Adapters {
  const webhooks = createWebhooks({
    variable: (name) => variable(variables, name),
    clock,
    routes: routesIn(variables),
  });
  const { language, timezone, channels } = config.monitorDefaults;
  return {
    channels: [webhooks.channel],
    admins: channels.webhook.active ? [webhooks.admin({ settings: channels.webhook, language, timezone })] : [],
    close: webhooks.close,
  };
}

/** Every webhook that may be called: those of the lists, and that of partwatch.yaml. */
export function webhooksOf(read: MonitorsRead, config: Config): readonly NamedWebhook[] {
  const own = read.monitors.map(({ file, channels }) => ({ file, settings: channels.webhook }));
  return [...own, { file: CONFIG_FILE, settings: config.monitorDefaults.channels.webhook }].filter(
    ({ settings }) => settings.active,
  );
}
