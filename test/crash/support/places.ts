// Where the state of schedules stands: the real stores, in a clone, in clones of one remote, and behind GitHub's API. Every
// schedule has a branch of its own there.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FailureError } from "../../../src/core/failure.ts";
import type { GithubAnswer, GithubApi } from "../../../src/core/github-api.ts";
import type { StateFiles } from "../../../src/core/notification/state.ts";
import type { Clock } from "../../../src/core/ports.ts";
import { connectGithub } from "../../../src/github/octokit.ts";
import { readFiles } from "../../../src/state/files.ts";
import { openGitBranch } from "../../../src/state/git-branch.ts";
import { openGithubBranch } from "../../../src/state/github-branch.ts";
import type { StateStore } from "../../../src/state/store.ts";
import { silentLog } from "../../../src/system/log.ts";
import { makeRepository, openRepository, testEnvironment } from "../../state/repository.ts";
import { type ObjectReader, openObjects } from "../../support/github-api/objects.ts";
import { startGithubApi } from "../../support/github-api/server.ts";
import type { Gate } from "./machine.ts";

export type PlaceName = "clone" | "remote" | "github";

export interface Place extends AsyncDisposable {
  readonly name: PlaceName;
  /** The store as the so-manieth process sees it. */
  readonly store: (gate: Gate, of: { readonly branch: string; readonly process: number }) => StateStore;
  /** What stands on a branch, as somebody sees it whom nothing befalls. */
  readonly look: (branch: string) => Promise<StateFiles>;
}

/** All files of a branch, through one git for all looks. */
export async function lookAt(objects: ObjectReader, branch: string): Promise<StateFiles> {
  const texts = new Map<string, string>();
  const visit = async (tree: string, folder: string): Promise<void> => {
    for (const { name, mode, oid } of await objects.tree(tree)) {
      if (mode === "40000") await visit(oid, `${folder}${name}/`);
      else texts.set(`${folder}${name}`, (await objects.blob(oid)).toString("utf8"));
    }
  };
  const head = await objects.resolve(`refs/heads/${branch}`);
  if (head !== undefined) await visit((await objects.commit(head)).tree, "");
  return readFiles(texts);
}

const OPENERS: Readonly<Record<PlaceName, () => Promise<Place>>> = {
  clone: openClone,
  remote: openRemote,
  github: openGithub,
};

export function openPlace(name: PlaceName): Promise<Place> {
  return OPENERS[name]();
}

async function openClone(): Promise<Place> {
  const { root, remove } = await makeRepository();
  const objects = openObjects(join(root, ".git"));
  const open = (branch: string, clock: Clock) =>
    openGitBranch({ root, branch, clock, log: silentLog, environment: testEnvironment });
  return {
    name: "clone",
    look: (branch) => lookAt(objects, branch),
    store: (gate, { branch }) => gated(open(branch, gate.clock), gate),
    [Symbol.asyncDispose]: async () => {
      objects.close();
      await remove();
    },
  };
}

async function openRemote(): Promise<Place> {
  const home = await makeRepository("--bare");
  const objects = openObjects(home.root);
  const folder = await mkdtemp(join(tmpdir(), "partwatch-crash-"));
  const roots = [0, 1].map((number) => join(folder, String(number)));
  for (const root of roots) await home.git("clone", "--quiet", home.root, root);
  for (const root of roots) await openRepository(root).git("config", "gc.auto", "0");
  const openIn = (root: string | undefined, branch: string, clock: Clock) =>
    openGitBranch({
      root: root ?? folder,
      branch,
      remote: "origin",
      clock,
      log: silentLog,
      environment: testEnvironment,
    });
  return {
    name: "remote",
    look: (branch) => lookAt(objects, branch),
    store: (gate, { branch, process }) => gated(openIn(roots[process % 2], branch, gate.clock), gate),
    [Symbol.asyncDispose]: async () => {
      objects.close();
      await home.remove();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads and commits happen one after the other, whole; a commit may be refused, or done without a word. */
function gated(store: StateStore, { pass }: Gate): StateStore {
  const fail = async (): Promise<never> => {
    throw new FailureError({ kind: "state", retryable: true, message: "the disk is full" });
  };
  return {
    ...store,
    read: (more) => pass({ kind: "state", label: "read" }, { ok: () => store.read(more), refused: fail }),
    commit: (delta, message) => {
      const commit = () => store.commit(delta, message);
      return pass(
        { kind: "state", label: `commit ${message.split("\n")[0]}` },
        { ok: commit, refused: fail, lost: () => commit().then(fail) },
      );
    },
  };
}

const TOKEN = "ghs_0123456789secret";

async function openGithub(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-crash-"));
  const server = await startGithubApi({ dir: join(folder, "repository.git"), token: TOKEN });
  const { apiUrl, graphqlUrl } = server;
  const settings = { token: TOKEN, repository: "acme/lists", apiUrl, graphqlUrl };
  const connect = (clock: Clock) => connectGithub({ settings, clock, log: silentLog });
  return {
    name: "github",
    look: (branch) => lookAt(server.repository.objects, branch),
    store: (gate, { branch }) =>
      openGithubBranch({ api: gatedApi(connect(gate.clock), gate), branch, clock: gate.clock, log: silentLog }),
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Each request is an effect of its own, so that commits of several runs meet on the branch. */
function gatedApi(api: GithubApi, { pass }: Gate): GithubApi {
  const unanswered = (request: string): GithubAnswer => ({ kind: "unanswered", message: "no answer", request });
  const ask = (label: string, request: () => Promise<GithubAnswer>) =>
    pass(
      { kind: "api", label },
      {
        ok: request,
        unanswered: async () => unanswered(label),
        lost: async () => {
          await request();
          return unanswered(label);
        },
      },
    );
  return {
    ...api,
    rest: (call) => ask(`${call.method} ${call.path.replace(/[0-9a-f]{40}/, "…")}`, () => api.rest(call)),
    graphql: (call) => ask(/\w+\s+\w+/.exec(call.query)?.[0] ?? "graphql", () => api.graphql(call)),
  };
}
