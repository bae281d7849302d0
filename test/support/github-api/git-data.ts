// The Git Data API: blobs, trees, commits and refs of the repository.
import { type Answer, notAccessible, refusal, ruleViolation } from "./answers.ts";
import { only, record, records, text } from "./input.ts";
import { refusingRule, type World } from "./world.ts";

export interface RestRequest {
  readonly method: string;
  /** Below `/repos/<owner>/<name>`. */
  readonly path: string;
  readonly body: unknown;
}

/** Answers what belongs to this area; undefined for anything else. */
export async function answerGitData(world: World, request: RestRequest): Promise<Answer | undefined> {
  const route = `${request.method} ${request.path}`;
  const blob = /^GET \/git\/blobs\/([0-9a-f]{40})$/.exec(route)?.[1];
  if (blob !== undefined) return readBlob(world, blob);
  const commit = /^GET \/git\/commits\/([0-9a-f]{40})$/.exec(route)?.[1];
  if (commit !== undefined) return readCommit(world, commit);
  const activity = /^GET \/activity\?ref=refs%2Fheads%2F([^&]+)&per_page=(\d+)$/.exec(route);
  if (activity !== null) return listActivity(world, activity);
  const comparison = /^GET \/compare\/([0-9a-f]{40})\.\.\.([0-9a-f]{40})\?per_page=1$/.exec(route);
  if (comparison !== null) return compareCommits(world, comparison);
  const matching = /^GET \/git\/matching-refs\/(heads\/[^/]+)$/.exec(route)?.[1];
  if (matching !== undefined) return matchingRefs(world, decodeURIComponent(matching));
  const listing = /^GET \/commits\?sha=([0-9a-f]{40})&per_page=(\d+)$/.exec(route);
  if (listing !== null) return listCommits(world, listing);
  const create = creators[route];
  if (create === undefined) return undefined;
  if (world.contents !== "write") return refusal(403, notAccessible);
  return create(world, record(request.body, "the body"));
}

type Creator = (world: World, body: Record<string, unknown>) => Promise<Answer>;

const creators: Readonly<Record<string, Creator>> = {
  "POST /git/blobs": createBlob,
  "POST /git/trees": createTree,
  "POST /git/commits": createCommit,
  "POST /git/refs": createRef,
};

async function readBlob(world: World, oid: string): Promise<Answer> {
  if ((await world.repository.objects.type(oid)) !== "blob") return refusal(404, "Not Found");
  const content = await world.repository.objects.blob(oid);
  // GitHub breaks the Base64 text into lines.
  const lines = content.toString("base64").replace(/.{60}/g, "$&\n");
  return { status: 200, body: { sha: oid, size: content.length, encoding: "base64", content: `${lines}\n` } };
}

async function readCommit(world: World, oid: string): Promise<Answer> {
  if ((await world.repository.objects.type(oid)) !== "commit") return refusal(404, "Not Found");
  const { tree, message, parents } = await world.repository.objects.commit(oid);
  return {
    status: 200,
    body: { sha: oid, message: message.trimEnd(), tree: { sha: tree }, parents: parents.map((sha) => ({ sha })) },
  };
}

/** Where GitHub keeps no record (an older server), it does not know the path. */
async function listActivity(world: World, [, branch = "", count = ""]: RegExpExecArray): Promise<Answer> {
  if (!world.keepsActivity) return refusal(404, "Not Found");
  const entries = await world.branches.activity(decodeURIComponent(branch));
  const ref = `refs/heads/${decodeURIComponent(branch)}`;
  return { status: 200, body: entries.slice(0, Number(count)).map((entry) => ({ ref, ...entry })) };
}

async function matchingRefs({ repository }: World, prefix: string): Promise<Answer> {
  const listed = await repository.git(["for-each-ref", "--format=%(refname) %(objectname)"]);
  const refs = listed.split("\n").map((line) => line.split(" "));
  const found = refs.filter(([ref = ""]) => ref.startsWith(`refs/${prefix}`));
  return { status: 200, body: found.map(([ref, sha]) => ({ ref, object: { type: "commit", sha } })) };
}

async function listCommits(world: World, [, head = "", count = ""]: RegExpExecArray): Promise<Answer> {
  const log = await world.repository.git(["log", "-z", `--max-count=${count}`, "--format=%H%n%B", head]);
  const commits = log.split("\0").map((commit) => {
    const [sha = "", ...message] = commit.split("\n");
    return { sha, commit: { message: message.join("\n").trimEnd() } };
  });
  return { status: 200, body: commits };
}

async function compareCommits(world: World, [, base = "", head = ""]: RegExpExecArray): Promise<Answer> {
  const { repository } = world;
  for (const oid of [base, head])
    if ((await repository.objects.type(oid)) !== "commit") return refusal(404, "Not Found");
  if (base === head) return { status: 200, body: { status: "identical" } };
  if (await repository.contains(head, base)) return { status: 200, body: { status: "ahead" } };
  if (await repository.contains(base, head)) return { status: 200, body: { status: "behind" } };
  const common = await repository.git(["merge-base", base, head]).catch(() => "");
  if (common === "") return refusal(404, `No common ancestor between ${base} and ${head}.`);
  return { status: 200, body: { status: "diverged" } };
}

async function createBlob(world: World, body: Record<string, unknown>): Promise<Answer> {
  only(body, ["content", "encoding"], "blob");
  const encoding = body.encoding === "base64" ? "base64" : "utf8";
  const sha = await world.repository.writeBlob(Buffer.from(String(body.content), encoding));
  return { status: 201, body: { sha } };
}

async function createTree(world: World, body: Record<string, unknown>): Promise<Answer> {
  only(body, ["tree", "base_tree"], "tree");
  const additions = records(body.tree, "tree").map((entry) => {
    only(entry, ["path", "mode", "type", "sha", "content"], "tree entry");
    const mode = text(entry.mode, "mode");
    const path = text(entry.path, "path");
    const { sha, content } = entry;
    if (typeof sha === "string") return { path, mode, sha };
    if (typeof content !== "string") throw new Error(`${path} has neither sha nor content`);
    return { path, mode, content: Buffer.from(content) };
  });
  const base = body.base_tree;
  const sha = await world.repository.writeTree({
    additions,
    deletions: [],
    ...(typeof base === "string" ? { base } : {}),
  });
  return { status: 201, body: { sha } };
}

async function createCommit(world: World, body: Record<string, unknown>): Promise<Answer> {
  only(body, ["message", "tree", "parents", "author", "committer", "signature"], "commit");
  const tree = text(body.tree, "tree");
  if ((await world.repository.objects.type(tree)) !== "tree") return refusal(422, "Tree SHA does not exist");
  const parents = Array.isArray(body.parents) ? body.parents.map(String) : [];
  const message = `${text(body.message, "message").trimEnd()}\n`;
  const sha = await world.repository.writeCommit({ tree, parents, message });
  return { status: 201, body: { sha, tree: { sha: tree }, parents: parents.map((parent) => ({ sha: parent })) } };
}

async function createRef(world: World, body: Record<string, unknown>): Promise<Answer> {
  only(body, ["ref", "sha"], "ref");
  const ref = text(body.ref, "ref");
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  if (branch === undefined) return refusal(422, "Reference name must be fully qualified");
  const rule = refusingRule(world, { branch, on: "create" });
  if (rule !== undefined) return refusal(422, ruleViolation(rule.message));
  const sha = text(body.sha, "sha");
  if ((await world.repository.objects.type(sha)) !== "commit") return refusal(422, "Object does not exist");
  if (!(await world.branches.move({ branch, to: sha, before: null }))) return refusal(422, "Reference already exists");
  return { status: 201, body: { ref, object: { type: "commit", sha } } };
}
