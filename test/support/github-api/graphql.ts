// POST /graphql: the part of GitHub's schema that Partwatch asks.
import { type Answer, notAccessible } from "./answers.ts";
import { createCommitOnBranch } from "./commit-on-branch.ts";
import { parseOperation } from "./graphql-document.ts";
import { BadDocument, execute, type GraphqlObject, GraphqlRefusal } from "./graphql-execute.ts";
import { record, text } from "./input.ts";
import type { TreeEntry } from "./objects.ts";
import { updateRefs } from "./update-refs.ts";
import { repositoryId, type World } from "./world.ts";

/** Answers a GraphQL request; 400 to a document that asks for what is not known here. */
export async function answerGraphql(world: World, body: unknown): Promise<Answer> {
  try {
    const { query, variables } = record(body, "the request");
    const operation = parseOperation(text(query, "query"), record(variables ?? {}, "variables"));
    const root = operation.kind === "query" ? queryRoot(world) : mutationRoot(world);
    return { status: 200, body: await execute(operation, root) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 400, body: { message: `the local GitHub API does not know this document: ${message}` } };
  }
}

function queryRoot(world: World): GraphqlObject {
  return {
    type: "Query",
    fields: {
      repository: ({ owner, name }) => {
        if (owner !== world.owner || name !== world.name || world.contents === "none") {
          const message = `Could not resolve to a Repository with the name '${String(owner)}/${String(name)}'.`;
          throw new GraphqlRefusal(message, { type: "NOT_FOUND" });
        }
        return repository(world);
      },
    },
  };
}

function mutationRoot(world: World): GraphqlObject {
  const guarded = (mutation: (input: Record<string, unknown>) => Promise<GraphqlObject>) => {
    return ({ input }: Readonly<Record<string, unknown>>) => {
      if (world.contents !== "write") {
        throw new GraphqlRefusal(notAccessible, { type: "FORBIDDEN", extensions: { saml_failure: false } });
      }
      return mutation(record(input, "input"));
    };
  };
  return {
    type: "Mutation",
    fields: {
      createCommitOnBranch: guarded(async (input) => {
        const oid = await createCommitOnBranch(world, input);
        return { type: "CreateCommitOnBranchPayload", fields: { commit: () => commit(world, oid) } };
      }),
      updateRefs: guarded(async (input) => {
        await updateRefs(world, input);
        return { type: "UpdateRefsPayload", fields: { clientMutationId: () => input.clientMutationId ?? null } };
      }),
    },
  };
}

function repository(world: World): GraphqlObject {
  return {
    type: "Repository",
    fields: {
      id: () => repositoryId(world),
      nameWithOwner: () => `${world.owner}/${world.name}`,
      issue: ({ number }) => {
        if (world.issues.permission === "none") throw new GraphqlRefusal(notAccessible, { type: "FORBIDDEN" });
        const issue = world.issues.all.find((one) => one.number === number);
        if (issue === undefined)
          throw new GraphqlRefusal(`Could not resolve to an Issue with the number of ${number}.`);
        const editor = issue.editor === null ? null : { type: "User", fields: { login: () => issue.editor } };
        return { type: "Issue", fields: { editor: () => editor } };
      },
      object: ({ oid }) => blob(world, text(oid, "oid")),
      ref: async ({ qualifiedName }) => {
        const branch = text(qualifiedName, "qualifiedName").replace(/^refs\/heads\//, "");
        const oid = await world.branches.read(branch);
        if (oid === undefined) return null;
        return { type: "Ref", fields: { name: () => branch, target: () => commit(world, oid) } };
      },
    },
  };
}

async function commit(world: World, oid: string): Promise<GraphqlObject> {
  const read = await world.repository.objects.commit(oid);
  return {
    type: "Commit",
    fields: {
      oid: () => oid,
      message: () => read.message,
      tree: () => tree(world, read.tree),
      history: ({ first }) => {
        if (typeof first !== "number" || first < 1 || first > 100) {
          throw new BadDocument(
            "You must provide a `first` value (1-100) to properly paginate the `history` connection.",
          );
        }
        return { type: "CommitHistoryConnection", fields: { totalCount: () => world.repository.count(oid) } };
      },
    },
  };
}

function tree(world: World, oid: string): GraphqlObject {
  return {
    type: "Tree",
    fields: {
      oid: () => oid,
      entries: async () => (await world.repository.objects.tree(oid)).map((entry) => treeEntry(world, entry)),
    },
  };
}

function treeEntry(world: World, entry: TreeEntry): GraphqlObject {
  const type = entry.mode === "40000" ? "tree" : entry.mode === "160000" ? "commit" : "blob";
  return {
    type: "TreeEntry",
    fields: {
      name: () => entry.name,
      oid: () => entry.oid,
      mode: () => Number.parseInt(entry.mode, 8),
      type: () => type,
      object: () => (type === "tree" ? tree(world, entry.oid) : type === "blob" ? blob(world, entry.oid) : null),
    },
  };
}

async function blob(world: World, oid: string): Promise<GraphqlObject> {
  const content = await world.repository.objects.blob(oid);
  // Git's own rule: a NUL among the first 8,000 bytes.
  const binary = content.subarray(0, 8000).includes(0);
  const truncated = !binary && content.length > world.truncateTextAt;
  return {
    type: "Blob",
    fields: {
      oid: () => oid,
      byteSize: () => content.length,
      isBinary: () => binary,
      isTruncated: () => truncated,
      text: () => (binary ? null : content.subarray(0, world.truncateTextAt).toString("utf8")),
    },
  };
}
