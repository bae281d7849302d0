import type { Config } from "../core/settings/config.ts";
import { heartbeatSecrets } from "../core/settings/heartbeat-settings.ts";
import { proxySecrets } from "../core/settings/proxy.ts";
import { SECRETS, secretShapes, type Variables, variable } from "../core/settings/variables.ts";
import { webhookSecrets } from "../core/settings/webhook-settings.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import { webhooksOf } from "./channels.ts";

/**
 * Values that must appear nowhere: of the fixed names, in the environment or .env, and of the variables that lists and
 * partwatch.yaml name for the tokens of servers, the addresses and keys of webhooks and the heartbeat server's address; and the passwords of proxies.
 */
export function secretsOf({
  read,
  config,
  variables,
}: {
  readonly read: MonitorsRead;
  readonly config: Config;
  readonly variables: Variables;
}): readonly string[] {
  const names = [...SECRETS, ...config.instances.map(({ tokenEnv }) => tokenEnv)];
  const values = names.flatMap((name) => variable(variables, name) ?? []);
  const all = [
    ...values,
    ...webhookSecrets(webhooksOf(read, config), variables),
    ...heartbeatSecrets(config.heartbeat, variables),
    ...proxySecrets(variables),
  ];
  return [...new Set(all.flatMap(secretShapes))];
}
