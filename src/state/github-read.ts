// Reads the state branch from GitHub: one GraphQL query for its contents, another for the texts that are not known yet.

import { FailureError } from "../core/failure.ts";
import type { GithubAnswer, GithubApi } from "../core/github-api.ts";
import { inside } from "../core/records.ts";
import { listAt, textAt } from "./github-answer.ts";
import { githubFailure } from "./github-refusal.ts";
import { FOLDERS, isStateBranch, isStatePath, type StateFileFilter } from "./paths.ts";

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
  /** The texts of those of Partwatch's files that were wanted, by path. */
  readonly files: ReadonlyMap<string, string>;
}

export interface BranchReading {
  readonly api: GithubApi;
  readonly branch: string;
  readonly until: Date;
  /** Texts of files by their objects' ids: a file that stays as it was is not read again. */
  readonly known: Map<string, string>;
}

/** Texts in one answer: a report may have some hundred kilobytes. */
const TEXTS_AT_ONCE = 50;

// Blob.text silently ends at 512,000 bytes; isTruncated shows it.
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
                ... on Tree { entries { name type oid } }
              }
            }
          }
        }
      }
    }
  }
}`;

/** Reads the branch. Throws FailureError (kind state). */
export async function readGithubBranch(reading: BranchReading, wanted: StateFileFilter): Promise<GithubBranch> {
  const { api, branch, until } = reading;
  const variables = { owner: api.owner, name: api.name, ref: `refs/heads/${branch}` };
  const body = bodyOf(await api.graphql({ query, variables, until, repeatable: true }), { api, branch });
  const repositoryId = textAt(body, "repository", "id");
  const target = inside(body, "repository", "ref", "target");
  if (target === null || target === undefined) return { repositoryId };
  const commits = inside(target, "history", "totalCount");
  const entries = listEntries(target);
  if (!isStateBranch(entries.map(({ path }) => path))) throw notOurs(branch);
  const files = await textsOf(reading, { state: entries.filter(({ path }) => isStatePath(path)), wanted });
  return {
    repositoryId,
    head: { oid: textAt(target, "oid"), commits: typeof commits === "number" ? commits : 0, files },
  };
}

interface Entry {
  readonly path: string;
  readonly oid: string;
  /** undefined: it is no file of the root, or GraphQL did not give it whole. */
  readonly text?: string;
}

/** The entries of the root and of Partwatch's folders in it; deeper ones are not ours. */
function listEntries(commit: unknown): Entry[] {
  return listAt(commit, "tree", "entries").flatMap((entry) => {
    const name = textAt(entry, "name");
    if (inside(entry, "type") !== "tree") return [entryOf(name, entry)];
    if (!FOLDERS.includes(name)) return [{ path: `${name}/`, oid: textAt(entry, "oid") }];
    return listAt(entry, "object", "entries").map((inner) => entryOf(`${name}/${textAt(inner, "name")}`, inner));
  });
}

function entryOf(path: string, entry: unknown): Entry {
  const oid = textAt(entry, "oid");
  const text = wholeText(inside(entry, "object"));
  return text === undefined ? { path, oid } : { path, oid, text };
}

function wholeText(blob: unknown): string | undefined {
  const text = inside(blob, "text");
  const whole = inside(blob, "isTruncated") === false && inside(blob, "isBinary") !== true;
  return whole && typeof text === "string" ? text : undefined;
}

async function textsOf(
  reading: BranchReading,
  { state, wanted }: { readonly state: readonly Entry[]; readonly wanted: StateFileFilter },
): Promise<ReadonlyMap<string, string>> {
  const { known } = reading;
  const present = new Set(state.map(({ oid }) => oid));
  for (const oid of known.keys()) if (!present.has(oid)) known.delete(oid);
  for (const { oid, text } of state) if (text !== undefined) known.set(oid, text);
  const runs = state.find(({ path }) => path === "runs.json")?.oid;
  if (runs !== undefined) await learn(reading, [runs]);
  const isWanted = wanted(runs === undefined ? undefined : known.get(runs));
  const files = state.filter(({ path }) => isWanted(path));
  await learn(
    reading,
    files.map(({ oid }) => oid),
  );
  return new Map(files.map(({ path, oid }) => [path, known.get(oid) ?? ""]));
}

/** Reads the texts that are not known yet. */
async function learn(reading: BranchReading, oids: readonly string[]): Promise<void> {
  const { api, branch, until, known } = reading;
  const missing = [...new Set(oids)].filter((oid) => !known.has(oid));
  for (let from = 0; from < missing.length; from += TEXTS_AT_ONCE) {
    const some = missing.slice(from, from + TEXTS_AT_ONCE);
    const blobs = some.map(
      (oid, index) => `b${index}: object(oid: "${oid}") { ... on Blob { text isBinary isTruncated } }`,
    );
    const query = `query PartwatchFiles($owner: String!, $name: String!) {
      repository(owner: $owner, name: $name) { ${blobs.join("\n")} }
    }`;
    const variables = { owner: api.owner, name: api.name };
    const body = bodyOf(await api.graphql({ query, variables, until, repeatable: true }), { api, branch });
    for (const [index, oid] of some.entries())
      known.set(oid, wholeText(inside(body, "repository", `b${index}`)) ?? (await readBlob(reading, oid)));
  }
}

async function readBlob({ api, branch, until }: BranchReading, oid: string): Promise<string> {
  const answer = await api.rest({ method: "GET", path: `/git/blobs/${oid}`, until, repeatable: true });
  const content = textAt(bodyOf(answer, { api, branch }), "content");
  return Buffer.from(content, "base64").toString("utf8");
}

function bodyOf(answer: GithubAnswer, where: { api: GithubApi; branch: string }): unknown {
  if (answer.kind === "done") return answer.body;
  throw githubFailure(answer, { ...where, doing: "read" });
}

function notOurs(branch: string): FailureError {
  const message =
    `the branch ${branch} holds files that are not Partwatch's: it is somebody's work, and nothing was written to it. ` +
    "Name a branch of its own in partwatch.yaml:\nstate:\n  branch: partwatch-state";
  return new FailureError({ kind: "state", retryable: false, message });
}
