// A GitHub API on this machine whose repository is a real bare Git repository. It knows the operations that Partwatch
// uses and answers 400 to anything else; it records every request and can misbehave as GitHub does.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Answer, badCredentials, notFound, serverError } from "./answers.ts";
import { openBranches } from "./branches.ts";
import { answerGitData } from "./git-data.ts";
import { answerGraphql } from "./graphql.ts";
import { answerIssues, answerMoved } from "./issues.ts";
import { emptyIssues } from "./issues-world.ts";
import { answerPulls, noPulls } from "./pull-comments.ts";
import { createRepository, type Repository } from "./repository.ts";
import { activeWorkflow, answerWorkflows } from "./workflows.ts";
import type { World } from "./world.ts";

export interface GithubApiServer {
  /** What GITHUB_API_URL is to be. */
  readonly apiUrl: string;
  /** What GITHUB_GRAPHQL_URL is to be. */
  readonly graphqlUrl: string;
  readonly repository: Repository;
  /** Permissions, rules, staleness: changed by tests at will. */
  readonly world: World;
  readonly requests: readonly RecordedRequest[];
  /** The next matching requests go wrong. */
  readonly misbehave: (fault: Fault) => void;
  readonly close: () => Promise<void>;
}

interface RecordedRequest {
  /** `query PartwatchState`, `POST /repos/acme/lists/git/refs`. */
  readonly label: string;
  readonly body: unknown;
  status: number | "dropped";
}

interface Fault {
  /** Matches the request's label. */
  readonly on: RegExp;
  /** How many matching requests; default 1. */
  readonly times?: number;
  readonly how:
    | { readonly kind: "answer"; readonly answer: Answer }
    /** The connection ends before anything is done. */
    | { readonly kind: "drop" }
    /** It is done, and the client waits for the answer. */
    | { readonly kind: "hang" }
    /** It is done, but the client sees a 502 instead of the answer. */
    | { readonly kind: "lose" }
    /** It is done, but the answer breaks off in the middle. */
    | { readonly kind: "cut" }
    /** Something else happens first, then the request is served. */
    | { readonly kind: "first"; readonly run: () => Promise<void> };
}

export interface GithubApiOptions {
  /** An empty folder for the bare repository. */
  readonly dir: string;
  /** `owner/name`; default `acme/lists`. */
  readonly nameWithOwner?: string;
  readonly token: string;
}

/** Starts the server on a free port of this machine. */
export async function startGithubApi(options: GithubApiOptions): Promise<GithubApiServer> {
  const [owner = "", name = ""] = (options.nameWithOwner ?? "acme/lists").split("/");
  const repository = await createRepository(options.dir);
  const world: World = {
    owner,
    name,
    repository,
    branches: openBranches(repository, () => world.staleReads),
    contents: "write",
    rules: [],
    requestsLeft: undefined,
    staleReads: 0,
    keepsActivity: true,
    truncateTextAt: 512_000,
    issues: emptyIssues(),
    pulls: noPulls(),
    workflows: activeWorkflow(),
  };
  const requests: RecordedRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const label = labelOf(request, body);
    const recorded: RecordedRequest = { label, body, status: "dropped" };
    requests.push(recorded);
    const pending = faults.find(({ fault, left }) => left > 0 && fault.on.test(label));
    if (pending !== undefined) pending.left -= 1;
    const how = pending?.fault.how;
    if (how?.kind === "drop") {
      request.socket.destroy();
      return;
    }
    if (how?.kind === "first") await how.run();
    const authorized = authorization(request) === options.token;
    const real = async () => (authorized ? answer({ world, request, body }) : badCredentials);
    const given = how?.kind === "answer" ? how.answer : await real();
    const sent = how?.kind === "lose" ? serverError(502) : given;
    recorded.status = sent.status;
    if (how?.kind === "hang") return;
    const { requestsLeft: left } = world;
    const limit =
      left === undefined ? {} : { "x-ratelimit-remaining": String(left), "x-ratelimit-resource": "graphql" };
    if (how?.kind === "cut") cut(response, sent);
    else send(response, { ...sent, headers: { ...limit, ...sent.headers } });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      send(response, { status: 500, body: { message: `the local GitHub API broke: ${String(error)}` } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const apiUrl = `http://127.0.0.1:${address.port}`;
  return {
    apiUrl,
    graphqlUrl: `${apiUrl}/graphql`,
    repository,
    world,
    requests,
    misbehave: (fault) => faults.push({ fault, left: fault.times ?? 1 }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      repository.close();
    },
  };
}

interface Served {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly body: unknown;
}

async function answer({ world, request, body }: Served): Promise<Answer> {
  const path = request.url ?? "/";
  const method = request.method ?? "GET";
  if (method === "POST" && path === "/graphql") return answerGraphql(world, body);
  const elsewhere = answerMoved(world, { method, path });
  if (elsewhere !== undefined) return elsewhere;
  const prefix = `/repos/${world.owner}/${world.name}`;
  if (!path.startsWith("/repos/")) return unknown(`${method} ${path}`);
  if ((path !== prefix && !path.startsWith(`${prefix}/`)) || world.contents === "none") return notFound;
  try {
    const rest = { method, path: path.slice(prefix.length), body };
    const found =
      answerWorkflows(world, rest) ??
      answerPulls(world, rest) ??
      answerIssues(world, rest) ??
      (await answerGitData(world, rest));
    return found ?? unknown(`${method} ${path}`);
  } catch (error) {
    return unknown(`${method} ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function unknown(what: string): Answer {
  return { status: 400, body: { message: `the local GitHub API does not know: ${what}` } };
}

function authorization(request: IncomingMessage): string | undefined {
  return /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}

function labelOf(request: IncomingMessage, body: unknown): string {
  if (request.url !== "/graphql") return `${request.method} ${request.url}`;
  const query = typeof body === "object" && body !== null && "query" in body ? String(body.query) : "";
  return /^\s*((?:query|mutation)\s+\w+)/.exec(query)?.[1] ?? "graphql";
}

function cut(response: ServerResponse, { status, body }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
  response.end(text);
}
