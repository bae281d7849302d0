import { FailureError } from "../core/failure.ts";
import { own } from "../core/records.ts";
import { ORDER_TOKEN } from "../core/settings/instances.ts";
import { readUser } from "./access.ts";
import type { Client } from "./client.ts";

/**
 * What the user of a client with the token for orders lacks to make them, as `purchase_order.add`; undefined: nothing. Only
 * asks. Throws FailureError (kind inventree), which names that token.
 */
export async function lacksForOrders(client: Client): Promise<string | undefined> {
  try {
    const { roles, isSuperuser } = await readUser(client);
    return isSuperuser || own(roles, "purchase_order")?.includes("add") ? undefined : "purchase_order.add";
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    // A client knows the one that reads only.
    const message = error.failure.message.replaceAll("INVENTREE_API_TOKEN", ORDER_TOKEN);
    throw new FailureError({ ...error.failure, message }, { cause: error });
  }
}
