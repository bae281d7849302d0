// The InvenTree servers, put together from settings and partwatch.yaml: the part of wire.ts that chooses clients.
import type { InventreeSource, Spent } from "./app/deps.ts";
import type { Clock } from "./core/clock.ts";
import { FailureError } from "./core/failure.ts";
import type { Log } from "./core/log.ts";
import { formatProblem, type Problem } from "./core/problem.ts";
import type { Config } from "./core/settings/config.ts";
import { DEFAULT_INSTANCE, type Instance, instanceOf, isAmong, unknownInstance } from "./core/settings/instances.ts";
import { serverSettings } from "./core/settings/settings.ts";
import { type Variables, variable } from "./core/settings/variables.ts";
import { type Access, readAccess } from "./inventree/access.ts";
import { type Client, createClient } from "./inventree/client.ts";
import { readSnapshot } from "./inventree/snapshot.ts";
import { CONFIG_FILE } from "./monitors/config.ts";

export interface ServersQuestion {
  readonly variables: Variables;
  readonly config: Pick<Config, "instances" | "inventree">;
  readonly log: Log;
  readonly clock: Clock;
  /** Of what partwatch.yaml names only these, and the one of the fixed names, are asked; absent: all. */
  readonly trusted?: readonly Instance[];
}

export interface Servers {
  /** The server of that label. Throws FailureError (kind config) if there is none, or its settings are missing or wrong. */
  readonly source: (label: string) => InventreeSource;
  /** Who its token is and what it may do. Rejects with FailureError, of kind config as above. */
  readonly access: (label: string) => Promise<Access>;
  /** What is missing or wrong in the settings of these servers. */
  readonly problems: (labels: readonly string[]) => readonly Problem[];
  /** What all of them together have cost. */
  readonly spent: () => Spent;
  /** The tokens of all servers that partwatch.yaml names: they must appear nowhere. */
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
}

/** Makes a client for each server that is asked, however many checks use it. */
export function openServers({ variables, config, log, clock, trusted }: ServersQuestion): Servers {
  const clients = new Map<string, Client>();
  const settingsOf = (label: string) => {
    const instance = instanceOf(config.instances, label);
    if (instance === undefined) throw misconfigured(unknownInstance(config.instances, label) ?? "");
    if (trusted !== undefined && !isAmong(trusted, instance)) return { instance, problems: [withheld(instance)] };
    return { instance, ...serverSettings(variables, instance) };
  };
  const open = (label: string) => {
    const { instance, value, problems } = settingsOf(label);
    if (value === undefined) throw misconfigured(problems.map(formatProblem).join("\n"));
    const client = clients.get(label) ?? createClient({ ...value, clock, log, limits: config.inventree });
    clients.set(label, client);
    return { instance, client };
  };
  const source = (label: string): InventreeSource => {
    const { instance, client } = open(label);
    return {
      url: client.serverUrl,
      read: (need) => underItsNames(instance, () => readSnapshot({ client, need, log, clock })),
      spent: client.spent,
    };
  };
  return {
    source,
    access: async (label) => {
      const { instance, client } = open(label);
      return underItsNames(instance, () => readAccess(client));
    },
    problems: (labels) => labels.flatMap((label) => settingsOf(label).problems),
    spent: () => total([...clients.values()].map((client) => client.spent())),
    secrets: [DEFAULT_INSTANCE, ...config.instances].flatMap(({ tokenEnv }) => variable(variables, tokenEnv) ?? []),
    close: async () => {
      await Promise.all([...clients.values()].map((client) => client.close()));
    },
  };
}

/** Why the variables of a server are not used: a pull request must not choose where a token goes. */
function withheld({ label, urlEnv, tokenEnv }: Instance): Problem {
  const what = `this pull request makes ${urlEnv} and ${tokenEnv} the server "${label}", which the branch that it goes into does not have`;
  const fix = `Merge that change of partwatch.yaml first, or let somebody who has these settings look at it with "partwatch preview".`;
  return {
    file: CONFIG_FILE,
    path: "instances",
    message: `${what}: the server is not asked, so that no token goes where a pull request alone sends it. ${fix}`,
  };
}

/** A client knows the fixed names only; people look for the variables that this server has. */
async function underItsNames<T>({ urlEnv, tokenEnv }: Instance, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const message = error.failure.message
      .replaceAll(/\bINVENTREE_URL\b/g, urlEnv)
      .replaceAll(/\bINVENTREE_API_TOKEN\b/g, tokenEnv);
    throw new FailureError({ ...error.failure, message }, { cause: error });
  }
}

function misconfigured(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}

function total(all: readonly Spent[]): Spent {
  const zero: Spent = { requests: 0, retries: 0, bytes: 0, milliseconds: 0 };
  return all.reduce(
    (sum, one) => ({
      requests: sum.requests + one.requests,
      retries: sum.retries + one.retries,
      bytes: sum.bytes + one.bytes,
      milliseconds: sum.milliseconds + one.milliseconds,
    }),
    zero,
  );
}
