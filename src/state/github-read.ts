// Reads the whole state branch from GitHub in one GraphQL query.
import { FailureError } from "../core/failure.ts";
import type { GithubAnswer, GithubApi } from "../core/github-api.ts";
import { isStateBranch, isStatePath } from "./files.ts";
import { at, listAt, textAt } from "./github-answer.ts";
import { refusalOf } from "./github-refusal.ts";

/** The branch as it stands on GitHub. */
export interface GithubBranch {
  /** GraphQL's node id of the repository. */
  readonly repositoryId: string;
  /** undefined: there is no such branch yet. */
  readonly head?: GithubHead;
}

export interface GithubHead {
  /** The commit. */
  readonly oid: string;
  /** How many commits the branch has. */
  readonly commits: number;
  /** The texts of Partwatch's files, by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface BranchReading {
  readonly api: GithubApi;
  readonly branch: string;
  readonly until: Date;
}

// Blob.text ends at 512,000 bytes without a word; isTruncated says so.
const query = `query PartwatchState($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    id
    ref(qualifiedName: $ref) {
      target {
        ... on Commit {
          oid
          history(first: 1) { totalCount }
          tree {
            entries {
              name
              type
              oid
              object {
                ... on Blob { text isBinary isTruncated }
                ... on Tree {
                  entries {
                    name
                    type
                    oid
                    object { ... on Blob { text isBinary isTruncated } }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}`;

/** Reads the branch. Throws FailureError (kind state). */
export async function readGithubBranch({ api, branch, until }: BranchReading): Promise<GithubBranch> {
  const variables = { owner: api.owner, name: api.name, ref: `refs/heads/${branch}` };
  const body = bodyOf(await api.graphql({ query, variables, until, repeatable: true }), { api, branch });
  const repositoryId = textAt(body, "repository", "id");
  const target = at(body, "repository", "ref", "target");
  if (target === null || target === undefined) return { repositoryId };
  const commits = at(target, "history", "totalCount");
  const entries = listEntries(target);
  if (!isStateBranch(entries.map(({ path }) => path))) throw notOurs(branch);
  const files = new Map<string, string>();
  for (const file of entries) {
    if (!isStatePath(file.path)) continue;
    const text = file.text ?? (await readBlob({ api, branch, until, oid: file.oid }));
    files.set(file.path, text);
  }
  return {
    repositoryId,
    head: { oid: textAt(target, "oid"), commits: typeof commits === "number" ? commits : 0, files },
  };
}

interface Entry {
  readonly path: string;
  readonly oid: string;
  /** undefined: it is no file, or GraphQL did not give it whole. */
  readonly text?: string;
}

/** What stands in the root and in the folders there; what lies deeper is nothing of ours. */
function listEntries(commit: unknown): Entry[] {
  return listAt(commit, "tree", "entries").flatMap((entry) => {
    const name = textAt(entry, "name");
    if (at(entry, "type") !== "tree") return [entryOf(name, entry)];
    return listAt(entry, "object", "entries").map((inner) => entryOf(`${name}/${textAt(inner, "name")}`, inner));
  });
}

function entryOf(path: string, entry: unknown): Entry {
  const oid = textAt(entry, "oid");
  const text = at(entry, "object", "text");
  const whole = at(entry, "object", "isTruncated") === false && at(entry, "object", "isBinary") !== true;
  return whole && typeof text === "string" ? { path, oid, text } : { path, oid };
}

async function readBlob({ api, branch, until, oid }: BranchReading & { readonly oid: string }): Promise<string> {
  const answer = await api.rest({ method: "GET", path: `/git/blobs/${oid}`, until, repeatable: true });
  const content = textAt(bodyOf(answer, { api, branch }), "content");
  return Buffer.from(content, "base64").toString("utf8");
}

function bodyOf(answer: GithubAnswer, where: { api: GithubApi; branch: string }): unknown {
  if (answer.kind === "done") return answer.body;
  throw refusalOf(answer, { ...where, doing: "read" });
}

function notOurs(branch: string): FailureError {
  const message =
    `the branch ${branch} holds files that are not Partwatch's: it is somebody's work, and nothing was written to it. ` +
    "Name a branch of its own in partwatch.yaml:\nstate:\n  branch: partwatch-state";
  return new FailureError({ kind: "state", retryable: false, message });
}
