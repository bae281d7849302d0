import type { HeartbeatFile } from "../generated/config.ts";
import type { Problem } from "../problem.ts";
import { type Variables, variable } from "./variables.ts";
import { webAddressProblem } from "./web-address.ts";

/** The heartbeat server's address: in partwatch.yaml itself, or in the variable of that name. */
export type HeartbeatSettings =
  | { readonly url: string; readonly urlEnv: null }
  | { readonly url: null; readonly urlEnv: string };

/** From partwatch.yaml, which has one of the two; null: no heartbeat is configured. */
export function heartbeatSettings(file: HeartbeatFile | undefined): HeartbeatSettings | null {
  if (file?.url_env !== undefined) return { url: null, urlEnv: file.url_env };
  return file?.url === undefined ? null : { url: file.url, urlEnv: null };
}

/** Its name in messages: never its address, with which anybody could report that all is well. */
export function heartbeatName({ urlEnv }: HeartbeatSettings): string {
  return urlEnv === null ? "heartbeat.url" : urlEnv;
}

export type HeartbeatAddress =
  | { readonly kind: "ready"; readonly url: string }
  | { readonly kind: "wrong"; readonly problem: Problem };

/** The address, or why there is none. No message contains a value. */
export function heartbeatAddress(settings: HeartbeatSettings, variables: Variables): HeartbeatAddress {
  const url = settings.url ?? variable(variables, settings.urlEnv);
  const message = url === undefined ? "is not set; heartbeat.url_env names it" : webAddressProblem(url);
  if (url === undefined || message !== undefined)
    return { kind: "wrong", problem: { path: heartbeatName(settings), message: `${message}.` } };
  return { kind: "ready", url };
}

/** Values that must appear nowhere. */
export function heartbeatSecrets(settings: HeartbeatSettings | null, variables: Variables): readonly string[] {
  const address = settings === null ? undefined : heartbeatAddress(settings, variables);
  return address?.kind === "ready" ? [address.url] : [];
}
