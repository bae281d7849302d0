// The mutation createCommitOnBranch: many files, one commit, compare-and-swap on the branch's head.
import { ruleViolation } from "./answers.ts";
import { GraphqlRefusal } from "./graphql-execute.ts";
import { only, record, records, text } from "./input.ts";
import { refusingRule, type World } from "./world.ts";

/** Makes the commit and moves the branch. Throws GraphqlRefusal as GitHub refuses; gives the commit's id. */
export async function createCommitOnBranch(world: World, input: Record<string, unknown>): Promise<string> {
  const wanted = readInput(world, input);
  const head = await world.repository.head(wanted.branch);
  if (head === undefined) {
    throw new GraphqlRefusal(`The branch "${wanted.branch}" does not exist.`, { type: "NOT_FOUND" });
  }
  refuseByRule(world, wanted.branch);
  const stale = () =>
    new GraphqlRefusal(`Expected branch to point to "${wanted.expectedHeadOid}" but it did not.  Pull and try again.`, {
      type: "STALE_DATA",
    });
  if (head !== wanted.expectedHeadOid) throw stale();

  const { tree: base } = await world.repository.objects.commit(head);
  for (const path of wanted.deletions) {
    if ((await world.repository.objects.resolve(`${base}:${path}`)) === undefined) {
      const message = `A path was requested for deletion which does not exist as of commit oid \`${head}\``;
      throw new GraphqlRefusal(message, { type: "UNPROCESSABLE" });
    }
  }
  const { additions, deletions } = wanted;
  const tree = await world.repository.writeTree({ base, additions, deletions });
  const oid = await world.repository.writeCommit({ tree, parents: [head], message: wanted.message });
  if (await world.branches.move({ branch: wanted.branch, to: oid, before: head })) return oid;
  // Somebody moved the branch between the check and the swap; GitHub words this one differently.
  const now = await world.repository.head(wanted.branch);
  throw new GraphqlRefusal(`Ref refs/heads/${wanted.branch} is at ${now} but expected ${head}`);
}

function readInput(world: World, input: Record<string, unknown>) {
  only(input, ["branch", "message", "expectedHeadOid", "fileChanges", "clientMutationId"], "CreateCommitOnBranchInput");
  const branch = record(input.branch, "branch");
  only(branch, ["repositoryNameWithOwner", "branchName", "id"], "CommittableBranch");
  if (branch.repositoryNameWithOwner !== `${world.owner}/${world.name}`) {
    throw new GraphqlRefusal(`Could not resolve to a Repository`, { type: "NOT_FOUND" });
  }
  const message = record(input.message, "message");
  only(message, ["headline", "body"], "CommitMessage");
  const changes = record(input.fileChanges ?? {}, "fileChanges");
  only(changes, ["additions", "deletions"], "FileChanges");
  const headline = text(message.headline, "message.headline");
  const body = message.body;
  return {
    branch: text(branch.branchName, "branchName"),
    expectedHeadOid: text(input.expectedHeadOid, "expectedHeadOid"),
    message: typeof body === "string" && body !== "" ? `${headline}\n\n${body}\n` : `${headline}\n`,
    additions: records(changes.additions ?? [], "additions").map((addition) => {
      only(addition, ["path", "contents"], "FileAddition");
      const contents = addition.contents;
      if (typeof contents !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(contents)) {
        throw new Error("FileAddition.contents must be Base64");
      }
      return { path: text(addition.path, "path"), content: Buffer.from(contents, "base64") };
    }),
    deletions: records(changes.deletions ?? [], "deletions").map((deletion) => text(deletion.path, "path")),
  };
}

function refuseByRule(world: World, branch: string): void {
  const rule = refusingRule(world, { branch, on: "update" });
  if (rule === undefined) return;
  if (rule.kind === "protection") {
    throw new GraphqlRefusal(rule.message, { type: "BRANCH_PROTECTION_RULE_VIOLATION" });
  }
  throw new GraphqlRefusal(ruleViolation(rule.message), { type: "UNPROCESSABLE" });
}
