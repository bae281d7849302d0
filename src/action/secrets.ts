import { setSecret } from "@actions/core";
import { basicCredentials } from "../core/basic-credentials.ts";
import type { Environment } from "../core/ports.ts";
import { SECRETS, secretShapes } from "../core/settings/variables.ts";

const NAMES = ["INPUT_TOKEN", ...SECRETS] as const;

/**
 * Tells the runner which values it must never show, and returns them; comes before everything that could write one.
 * A value with white space around it is masked both ways, with and without it.
 */
export function maskSecrets(env: Environment): readonly string[] {
  const shapes = NAMES.flatMap((name) => [env[name] ?? "", ...secretShapes((env[name] ?? "").trim())]);
  const token = (env.INPUT_TOKEN ?? "").trim();
  const values = token === "" ? shapes : [...shapes, basicCredentials(token)];
  const secrets = [...new Set(values)].filter((value) => value.trim() !== "");
  for (const secret of secrets) setSecret(secret);
  return secrets;
}

/** The same for values whose names only the lists have: addresses of webhooks, tokens of further servers. */
export function maskFurther(secrets: readonly string[], known: readonly string[]): void {
  for (const secret of secrets) if (!known.includes(secret)) setSecret(secret);
}
