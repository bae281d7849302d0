import type { WebhookSettings } from "../channels.ts";
import type { Problem } from "../problem.ts";
import { type Variables, variable } from "./variables.ts";
import { webAddressProblem } from "./web-address.ts";

/** A webhook that may be called, and the files that name it: monitors' or partwatch.yaml. */
export interface NamedWebhook {
  readonly file: string;
  readonly settings: WebhookSettings;
}

/** Why webhooks cannot be called: variables that are not set or invalid. No message contains a value. */
export function webhookProblems(webhooks: readonly NamedWebhook[], variables: Variables): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const { file, settings } of webhooks) {
    const { active, url_env, format, secret_env } = settings;
    if (!active || url_env === null) continue;
    const url = addressProblem(variable(variables, url_env));
    const secret = secret_env === null ? undefined : secretProblem(variable(variables, secret_env), format);
    for (const [name, message] of [
      [url_env, url],
      [secret_env ?? "", secret],
    ] as const)
      if (message !== undefined && !problems.has(name))
        problems.set(name, { path: name, message: `${message} (${file})` });
  }
  return [...problems.values()];
}

/** The values of all variables that hold addresses or secrets of webhooks: they must appear nowhere. */
export function webhookSecrets(webhooks: readonly NamedWebhook[], variables: Variables): readonly string[] {
  const names = webhooks.flatMap(({ settings: { url_env, secret_env } }) => [url_env, secret_env]);
  const values = names.flatMap((name) => (name === null ? [] : (variable(variables, name) ?? [])));
  return [...new Set(values)];
}

function addressProblem(url: string | undefined): string | undefined {
  if (url === undefined) return "is not set; channels.webhook names it as the variable with the webhook's address";
  return webAddressProblem(url);
}

function secretProblem(secret: string | undefined, format: WebhookSettings["format"]): string | undefined {
  if (secret === undefined) return "is not set; channels.webhook.secret_env names it";
  if (format === "ntfy" && !/^[\x21-\x7e]+$/.test(secret)) return "is not a valid ntfy access token; copy it again";
  return undefined;
}
