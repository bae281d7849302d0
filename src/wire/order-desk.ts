// Access to InvenTree for draft orders, built for the one command that makes them.
import { FailureError } from "../core/failure.ts";
import type { Clock, Log } from "../core/ports.ts";
import { formatProblem } from "../core/problem.ts";
import type { Config } from "../core/settings/config.ts";
import { DEFAULT_INSTANCE, instanceOf, ORDER_TOKEN } from "../core/settings/instances.ts";
import { routesIn } from "../core/settings/proxy.ts";
import { serverSettings } from "../core/settings/settings.ts";
import { automationIn } from "../core/settings/variables.ts";
import { createClient } from "../inventree/client.ts";
import { type OrderDesk, openOrderDesk } from "../inventree/order-desk.ts";
import { readDotenv } from "../monitors/dotenv.ts";
import { variablesOver, type WireOptions } from "./run.ts";

/** Opens it; close it when done. Throws FailureError (kind config) if it may not be used, before any request. */
export async function wireOrderDesk({
  root,
  env,
  config,
  instance: label,
  clock,
  log,
}: Pick<WireOptions, "root" | "env"> & {
  readonly config: Pick<Config, "instances" | "inventree">;
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<OrderDesk> {
  const variables = variablesOver((await readDotenv(root, env)).variables, env);
  const automation = automationIn(variables);
  if (automation !== undefined)
    throw refused(
      `--draft is for a person at a machine, and ${automation} is set: nothing that runs by itself orders.`,
    );
  const instance = instanceOf(config.instances, label) ?? DEFAULT_INSTANCE;
  if (instance.urlEnv !== DEFAULT_INSTANCE.urlEnv)
    throw refused(
      `${ORDER_TOKEN} belongs to the server of ${DEFAULT_INSTANCE.urlEnv}, and these lists are of instance ${label}: no draft can be made there. Use --csv.`,
    );
  const reading = serverSettings(variables, instance);
  const ordering = serverSettings(variables, { ...instance, tokenEnv: ORDER_TOKEN });
  const problems = [...reading.problems, ...ordering.problems.filter(({ path }) => path === ORDER_TOKEN)];
  if (reading.value === undefined || ordering.value === undefined || problems.length > 0)
    throw refused(
      `${problems.map(formatProblem).join("\n")}\nDrafts need a token of their own, of a user with the role purchase order (add); it is set on your machine only, never in a workflow.`,
    );
  if (reading.value.token === ordering.value.token)
    throw refused(
      `${ORDER_TOKEN} is the same as ${instance.tokenEnv}: the token that reads must not be able to order. Make a user of its own in InvenTree, with the role purchase order (add).`,
    );
  const shared = { clock, log, limits: config.inventree, routes: routesIn(variables) };
  const reader = createClient({ ...reading.value, ...shared });
  const desk = openOrderDesk({ ...ordering.value, ...shared, reader });
  return {
    ...desk,
    close: async () => {
      await Promise.all([desk.close(), reader.close()]);
    },
  };
}

function refused(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}
