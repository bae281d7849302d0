// How git gets at a remote with a job's token: as a header for that one request, never as part of the clone's settings.
import { basicCredentials } from "../core/basic-credentials.ts";
import type { Environment } from "../core/ports.ts";

/** A token that is good for one server alone. */
export interface RemoteAccess {
  readonly token: string;
  /** `https://git.example.com`: the token is sent to no other. */
  readonly serverUrl: string;
}

/**
 * Variables for one git that asks the remote at that address; none where the token is not for it. What a checkout has left in
 * the clone's settings is replaced: two headers of that name are refused.
 */
export function accessVariables(
  remoteUrl: string,
  { access, environment }: { readonly access: RemoteAccess; readonly environment: Environment },
): Readonly<Record<string, string>> {
  const { token, serverUrl } = access;
  if (token === "" || !remoteUrl.startsWith(`${serverUrl}/`)) return {};
  const name = `http.${remoteUrl}.extraHeader`;
  const header = `AUTHORIZATION: basic ${basicCredentials(token)}`;
  // An empty value resets the list.
  const settings = [
    [name, ""],
    [name, header],
  ] as const;
  const before = Number(environment.GIT_CONFIG_COUNT ?? 0) || 0;
  return {
    GIT_CONFIG_COUNT: String(before + settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${before + index}`, key],
        [`GIT_CONFIG_VALUE_${before + index}`, value],
      ]),
    ),
  };
}
