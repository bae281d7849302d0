import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { FailureError } from "../../core/failure.ts";
import { formatProblem } from "../../core/problem.ts";
import { ORDER_TOKEN } from "../../core/settings/instances.ts";
import type { DoctorDeps } from "./deps.ts";

/** The token with which `partwatch order --draft` writes, if it is set. */
export async function examineOrderToken({ orderToken }: Pick<DoctorDeps, "orderToken">): Promise<readonly Diagnosis[]> {
  const area = "InvenTree";
  if (orderToken === undefined) return [];
  if (orderToken.kind === "wrong")
    return orderToken.problems.map((problem) => broken({ area, message: formatProblem(problem) }));
  const fix = "Make a user of its own in InvenTree, with the role purchase order (view and add), and set its token.";
  if (orderToken.isReading) {
    const message = `${ORDER_TOKEN} is the token that reads as well: no draft orders are made with it.`;
    return [warning({ area, message, fix })];
  }
  try {
    const lacking = await orderToken.lacks();
    if (lacking === undefined) return [ok(area, `${ORDER_TOKEN} may make purchase orders (partwatch order --draft).`)];
    return [warning({ area, message: `${ORDER_TOKEN} lacks ${lacking}: it can make no draft orders.`, fix })];
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return [warning({ area, message: `${ORDER_TOKEN} cannot be used: ${error.failure.message}`, fix })];
  }
}
