// The mutation updateRefs: moves refs by compare-and-swap, also where it is no fast-forward.
import { ruleViolation } from "./answers.ts";
import { GraphqlRefusal } from "./graphql-execute.ts";
import { only, records, text } from "./input.ts";
import { refusingRule, repositoryId, type World } from "./world.ts";

/** Moves one branch. Throws GraphqlRefusal as GitHub refuses. */
export async function updateRefs(world: World, input: Record<string, unknown>): Promise<void> {
  only(input, ["repositoryId", "refUpdates", "clientMutationId"], "UpdateRefsInput");
  if (input.repositoryId !== repositoryId(world)) {
    throw new GraphqlRefusal("Could not resolve to a node with that global id", { type: "NOT_FOUND" });
  }
  const updates = records(input.refUpdates, "refUpdates");
  const [update] = updates;
  if (update === undefined || updates.length > 1) throw new Error("one ref at a time is known here");
  only(update, ["name", "beforeOid", "afterOid", "force"], "RefUpdate");
  const branch = text(update.name, "name").replace(/^refs\/heads\//, "");
  const to = text(update.afterOid, "afterOid");
  const before = text(update.beforeOid, "beforeOid");

  const rule = refusingRule(world, { branch, on: "update" });
  if (rule !== undefined) throw new GraphqlRefusal(ruleViolation(rule.message), { type: "UNPROCESSABLE" });
  const target = await world.repository.objects.commit(to);
  if (update.force !== true && !target.parents.includes(before)) {
    throw new GraphqlRefusal("Update is not a fast forward", { type: "UNPROCESSABLE" });
  }
  if (!(await world.branches.move({ branch, to, before }))) {
    throw new GraphqlRefusal(`Reference update failed: ${branch}: beforeOid does not match`, { type: "UNPROCESSABLE" });
  }
}
