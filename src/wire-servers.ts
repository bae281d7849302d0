// The InvenTree servers, put together from settings and partwatch.yaml: the part of wire.ts that chooses clients.
import type { InventreeSource, Spent } from "./app/deps.ts";
import type { Clock } from "./core/clock.ts";
import { FailureError } from "./core/failure.ts";
import type { Log } from "./core/log.ts";
import { formatProblem, type Problem } from "./core/problem.ts";
import type { Config } from "./core/settings/config.ts";
import { DEFAULT_INSTANCE, type Instance, instanceOf, unknownInstance } from "./core/settings/instances.ts";
import { serverSettings } from "./core/settings/settings.ts";
import { type Variables, variable } from "./core/settings/variables.ts";
import { type Access, readAccess } from "./inventree/access.ts";
import { type Client, createClient } from "./inventree/client.ts";
import { readSnapshot } from "./inventree/snapshot.ts";

export interface ServersQuestion {
  readonly variables: Variables;
  readonly config: Pick<Config, "instances" | "inventree">;
  readonly log: Log;
  readonly clock: Clock;
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
export function openServers({ variables, config, log, clock }: ServersQuestion): Servers {
  const clients = new Map<string, Client>();
  const settingsOf = (label: string) => {
    const instance = instanceOf(config.instances, label);
    if (instance === undefined) throw misconfigured(unknownInstance(config.instances, label) ?? "");
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
