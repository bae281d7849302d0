import { FORGE_NAMES, type Forge } from "./forge.ts";
import type { ChannelsFile } from "./generated/monitor.ts";

/** Ways to notify people of a monitor, in the order in which they are used. */
export const CHANNELS = ["email", "issue", "webhook"] as const;

export type ChannelName = (typeof CHANNELS)[number];

/** The section `channels`; every field is decided. Field names are those of the files. */
export interface Channels {
  readonly email: { readonly active: boolean };
  readonly issue: IssueSettings;
  readonly webhook: WebhookSettings;
}

export interface IssueSettings {
  readonly active: boolean;
  readonly labels: readonly string[];
  /** GitHub logins. */
  readonly assignees: readonly string[];
}

export interface WebhookSettings {
  readonly active: boolean;
  /** Name of the variable that holds the address; null: none is named. */
  readonly url_env: string | null;
  readonly format: "json" | "slack" | "ntfy";
  /** Name of the variable that holds the secret; null: none. */
  readonly secret_env: string | null;
}

/** Why a list cannot notify by issues there: people's decisions in them would be lost. */
export function noIssuesOn(forge: Forge): string {
  const name = FORGE_NAMES[forge];
  return `works on GitHub only: ${name} does not say whether an issue was closed as not planned, nor who edited it. Write channels: { issue: { active: false } }; mail and webhooks work on ${name}.`;
}

export const DEFAULT_CHANNELS: Channels = {
  email: { active: true },
  issue: { active: false, labels: [], assignees: [] },
  webhook: { active: false, url_env: null, format: "json", secret_env: null },
};

/**
 * A file's section on top of a complete one, field by field. A webhook with an address of its own takes nothing from the other:
 * a secret must not be sent to a server that it is not for.
 */
export function channelsOver(base: Channels, file: ChannelsFile | undefined): Channels {
  const { email, issue, webhook = {} } = file ?? {};
  const under = webhook.url_env === undefined ? base.webhook : { ...DEFAULT_CHANNELS.webhook, active: true };
  return {
    email: { active: email?.active ?? base.email.active },
    issue: {
      active: issue?.active ?? base.issue.active,
      labels: issue?.labels ?? base.issue.labels,
      assignees: issue?.assignees ?? base.issue.assignees,
    },
    webhook: {
      active: webhook.active ?? under.active,
      url_env: webhook.url_env ?? under.url_env,
      format: webhook.format ?? under.format,
      secret_env: webhook.secret_env ?? under.secret_env,
    },
  };
}

/** Why a webhook can never be called, whatever its variables contain. */
export function webhookProblem({ active, url_env, format, secret_env }: WebhookSettings): string | undefined {
  if (!active) return undefined;
  if (url_env === null)
    return "has no address; add url_env: the name of the variable (in GitHub: of the secret) with it.";
  if (format === "slack" && secret_env !== null)
    return "has a secret_env that format slack has no use for: the address is the secret; leave it out.";
  return undefined;
}

/** What the channels of all lists together need from the workflow that runs them. */
export interface ChannelNeeds {
  readonly issues: boolean;
  /** Names of variables with addresses and secrets, sorted. */
  readonly variables: readonly string[];
}

/** Inactive lists count as well: they may be run by hand. */
export function channelNeeds(all: readonly Channels[]): ChannelNeeds {
  const names = all.flatMap(({ webhook }) => (webhook.active ? [webhook.url_env, webhook.secret_env] : []));
  const variables = new Set(names.filter((name) => name !== null));
  return { issues: all.some(({ issue }) => issue.active), variables: [...variables].sort() };
}

/** Why a variable of that name cannot hold an address or secret of a webhook; undefined if it can. */
export function variableProblem(name: string): string | undefined {
  if (!TAKEN.test(name)) return undefined;
  return `"${name}" has a meaning of its own; name another variable, as in STOCK_WEBHOOK_URL.`;
}

// Variables that Partwatch, GitHub, the runner, Node or the shell read: a workflow would set them for the whole step.
const TAKEN =
  /^(?:INVENTREE_|EMAIL_|GITHUB_|ACTIONS_|RUNNER_|INPUT_|NODE_|NPM_|LD_|GIT_|SSL_)|^(?:ADMIN_EMAIL_RECIPIENTS|GLOBAL_EMAIL_NOTIFICATIONS_ENABLED|PATH|HOME|SHELL|USER|CI|TMPDIR|TZ|LANG|IFS|BASH_ENV|ENV|NO_COLOR|HTTPS?_PROXY|NO_PROXY)$/;
