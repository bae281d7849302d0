// The InvenTree servers, built from settings and partwatch.yaml: the part of the wiring that chooses clients.
import type { InventreeSource } from "../app/deps.ts";
import type { SnapshotRequest } from "../core/calculation/snapshot-request.ts";
import { FailureError } from "../core/failure.ts";
import type { Clock, Log, RequestCost } from "../core/ports.ts";
import { formatProblem, type Problem } from "../core/problem.ts";
import type { Config } from "../core/settings/config.ts";
import { type Instance, instanceOf, isAmong, unknownInstance } from "../core/settings/instances.ts";
import { routesIn } from "../core/settings/proxy.ts";
import { serverSettings } from "../core/settings/settings.ts";
import { type Variables, variable } from "../core/settings/variables.ts";
import { webAddress } from "../core/text/plain-text.ts";
import { type Access, readAccess, readSuppliers } from "../inventree/access.ts";
import { type Client, createClient } from "../inventree/client.ts";
import type { PartFound } from "../inventree/find-parts.ts";
import { readOffers } from "../inventree/offers.ts";
import { readSnapshot } from "../inventree/snapshot.ts";
import { CONFIG_FILE } from "../monitors/config.ts";

export interface ServersInput {
  readonly variables: Variables;
  readonly config: Pick<Config, "instances" | "inventree">;
  readonly log: Log;
  readonly clock: Clock;
  /** Of the servers in partwatch.yaml only these are used, and the one with the fixed variable names; absent: all. */
  readonly trusted?: readonly Instance[];
}

export interface Servers {
  /** The server of that label. Throws FailureError (kind config) if there is none, or its settings are missing or wrong. */
  readonly source: (label: string) => InventreeSource;
  /** Its address, for links; undefined: not set. */
  readonly address: (label: string) => string | undefined;
  /** Active parts found by words. Rejects with FailureError. */
  readonly find: (label: string, words: string) => Promise<readonly PartFound[]>;
  /** The user of its token and the permissions. Rejects with FailureError, of kind config as above. */
  readonly access: (label: string, request: SnapshotRequest) => Promise<Access>;
  /** Names of all suppliers of a server; undefined: it does not say. */
  readonly suppliers: (label: string) => Promise<readonly string[] | undefined>;
  /** What is missing or wrong in the settings of these servers. */
  readonly problems: (labels: readonly string[]) => readonly Problem[];
  /** What all of them together have cost. */
  readonly spent: () => RequestCost;
  readonly close: () => Promise<void>;
}

const MOST_FOUND = 8;

/** Creates one client per server, however many checks use it. */
export function openServers({ variables, config, log, clock, trusted }: ServersInput): Servers {
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
    const client =
      clients.get(label) ??
      createClient({ ...value, clock, log, limits: config.inventree, routes: routesIn(variables) });
    clients.set(label, client);
    return { instance, client };
  };
  const source = (label: string): InventreeSource => {
    const { instance, client } = open(label);
    return {
      url: client.serverUrl,
      read: (need) => underItsNames(instance, () => readSnapshot({ client, need, log, clock })),
      readOffers: ({ isRequired, ...parts }) =>
        underItsNames(instance, () => readOffers({ client, parts, isRequired, log, clock })),
      spent: client.spent,
    };
  };
  return {
    source,
    address: (label) => {
      const instance = instanceOf(config.instances, label);
      return instance === undefined ? undefined : webAddress(variable(variables, instance.urlEnv));
    },
    access: async (label, request) => {
      const { instance, client } = open(label);
      return underItsNames(instance, () => readAccess(client, request));
    },
    suppliers: async (label) => {
      const { instance, client } = open(label);
      return underItsNames(instance, () => readSuppliers(client));
    },
    find: async (label, words) => {
      const { instance, client } = open(label);
      // Only a form needs this: a run does not load it.
      const { searchParts } = await import("../inventree/find-parts.ts");
      return underItsNames(instance, () => searchParts(client, words, MOST_FOUND));
    },
    problems: (labels) => labels.flatMap((label) => settingsOf(label).problems),
    spent: () => total([...clients.values()].map((client) => client.spent())),
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
    message: `${what}: the server is not contacted, so that a pull request alone cannot send a token there. ${fix}`,
  };
}

/** A client knows the fixed names only; people look for the variables of this server. */
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

function total(all: readonly RequestCost[]): RequestCost {
  const zero: RequestCost = { requests: 0, retries: 0, bytes: 0, milliseconds: 0 };
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
