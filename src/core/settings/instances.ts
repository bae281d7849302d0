import type { ConfigFile } from "../generated/config.ts";
import { nearest } from "../text/suggestion.ts";

/** An InvenTree server in partwatch.yaml. */
export interface Instance {
  readonly label: string;
  /** Name of the variable that holds its address. */
  readonly urlEnv: string;
  /** Name of the variable that holds its token. */
  readonly tokenEnv: string;
}

/** The server with the fixed variable names. It always exists; an entry of that label gives it other names. */
export const DEFAULT_INSTANCE: Instance = {
  label: "default",
  urlEnv: "INVENTREE_URL",
  tokenEnv: "INVENTREE_API_TOKEN",
};

/** Variable with the token that makes draft orders in the server of `INVENTREE_URL`; nothing else ever uses it. */
export const ORDER_TOKEN = "INVENTREE_ORDER_TOKEN";

/** The section `instances`: the servers in it. */
export function instancesOf(section: ConfigFile["instances"]): readonly Instance[] {
  return (section ?? []).map(({ label, url_env, token_env }) => ({ label, urlEnv: url_env, tokenEnv: token_env }));
}

/** The server of that label; undefined if there is none. */
export function instanceOf(instances: readonly Instance[], label: string): Instance | undefined {
  const named = instances.find((instance) => instance.label === label);
  return named ?? (label === DEFAULT_INSTANCE.label ? DEFAULT_INSTANCE : undefined);
}

/** Whether one of these servers, or the one with the fixed names, has its address and token in the same variables. */
export function isAmong(instances: readonly Instance[], { urlEnv, tokenEnv }: Instance): boolean {
  return [DEFAULT_INSTANCE, ...instances].some((known) => known.urlEnv === urlEnv && known.tokenEnv === tokenEnv);
}

/** Why no server has that label; undefined if one does. */
export function unknownInstance(instances: readonly Instance[], label: string): string | undefined {
  if (instanceOf(instances, label) !== undefined) return undefined;
  const labels = [...new Set([DEFAULT_INSTANCE.label, ...instances.map((instance) => instance.label)])];
  const known = labels.length === 1 ? `there is only ${labels[0]}` : `there are ${labels.join(", ")}`;
  const near = nearest(label, labels);
  return `partwatch.yaml knows no instance "${label}"; ${near === undefined ? "" : `did you mean ${near}? (`}${known}${near === undefined ? "." : ")"}`;
}

/**
 * The servers that a schedule serves: those of partwatch.yaml, and the one with the fixed names if a list uses it or no
 * other is configured. `used` are the labels of all lists.
 */
export function servedInstances(instances: readonly Instance[], used: readonly string[]): readonly Instance[] {
  const isNamed = instances.some(({ label }) => label === DEFAULT_INSTANCE.label);
  const wanted = !isNamed && (instances.length === 0 || used.includes(DEFAULT_INSTANCE.label));
  return wanted ? [DEFAULT_INSTANCE, ...instances] : instances;
}
