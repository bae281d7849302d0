import { type Channels, channelsOver, variableProblem, webhookProblem } from "../core/channels.ts";
import type { ChannelsFile } from "../core/generated/monitor.ts";
import { defined, field } from "../core/records.ts";
import type { Path } from "./yaml.ts";

/** Rules for the section `channels` that no schema can express, on top of those of partwatch.yaml (there: of the defaults). */
export function channelBreaches(section: unknown, base: Channels): RuleViolation[] {
  const webhook = field(section, "webhook");
  const path = ["channels", "webhook"];
  const named = ["url_env", "secret_env"].flatMap((name): RuleViolation[] => {
    const variable = field(webhook, name);
    const problem = typeof variable === "string" ? variableProblem(variable) : undefined;
    return problem === undefined ? [] : [{ path: [...path, name], message: problem }];
  });
  const problem = webhook === undefined ? undefined : webhookProblem(channelsIn(section, base).webhook);
  return problem === undefined ? named : [...named, { path, message: problem }];
}

/** Whether somebody is notified in another way than mail, or mail is switched off on purpose. */
export function needsNoRecipients(section: unknown, base: Channels): boolean {
  const { email, issue, webhook } = channelsIn(section, base);
  return !email.active || issue.active || webhook.active;
}

/** As far as its fields have the right types; the schema reports the others. */
function channelsIn(section: unknown, base: Channels): Channels {
  const active = (channel: string) => {
    const value = field(field(section, channel), "active");
    return typeof value === "boolean" ? { active: value } : {};
  };
  const webhook = field(section, "webhook");
  const url = field(webhook, "url_env");
  const secret = field(webhook, "secret_env");
  const format = (["json", "slack", "ntfy"] as const).find((one) => one === field(webhook, "format"));
  const file: ChannelsFile = {
    email: active("email"),
    issue: active("issue"),
    webhook: {
      ...active("webhook"),
      ...(typeof url === "string" ? { url_env: url } : {}),
      ...(typeof secret === "string" ? { secret_env: secret } : {}),
      ...defined({ format }),
    },
  };
  return channelsOver(base, file);
}

/** A field that breaks a rule which no schema can express. */
export interface RuleViolation {
  readonly path: Path;
  readonly message: string;
  readonly severity?: "warning";
}
