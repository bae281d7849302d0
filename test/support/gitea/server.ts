// A Gitea on this machine, as a real 1.26 answered: Git over HTTP for a real bare repository, and the part of the API that it
// shares with GitHub. No GraphQL, no writing of trees, commits and refs; comments come all at once; labels are ids.
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type Answer, notFound } from "../github-api/answers.ts";
import type { LocalPull, PullsWorld } from "../github-api/pull-comments.ts";
import { answerPulls } from "../github-api/pull-comments.ts";
import type { World } from "../github-api/world.ts";

export interface Gitea extends AsyncDisposable {
  /** What GITHUB_SERVER_URL is to be. */
  readonly url: string;
  /** What a workflow's step gets in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `POST /api/v1/…`, and what Git asked: `git-upload-pack`. */
  readonly requests: readonly string[];
  /** Whether the token may push. */
  mayWrite: boolean;
}

/** Serves the repository, and the pull requests' comments, of that world. */
export async function startGitea(world: World, { token }: { readonly token: string }): Promise<Gitea> {
  const requests: string[] = [];
  const options = { mayWrite: true };
  const basic = `basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  const place = `/${world.owner}/${world.name}`;
  const server = createServer((request, response) => {
    const serve = async (): Promise<void> => {
      const path = request.url ?? "/";
      const service = /git-(?:upload|receive)-pack/.exec(path)?.[0];
      requests.push(service === undefined ? `${request.method} ${path}` : service);
      if (service === undefined) return send(response, await answer(world, { request, token }));
      // Two headers, of a checkout and of ours, are refused, as a real one does.
      if (request.headersDistinct.authorization?.length !== 1) return send(response, { status: 401, body: "" });
      if (request.headers.authorization?.toLowerCase() !== basic.toLowerCase())
        return send(response, { status: 401, body: "" });
      if (service === "git-receive-pack" && !options.mayWrite) return send(response, { status: 403, body: "" });
      return serveGit(request, response, { dir: world.repository.dir, path: path.replace(place, "") });
    };
    serve().catch((error: unknown) => send(response, { status: 500, body: { message: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const url = `http://127.0.0.1:${address.port}`;
  return Object.assign(options, {
    url,
    env: {
      GITEA_ACTIONS: "true",
      GITHUB_SERVER_URL: url,
      GITHUB_API_URL: `${url}/api/v1`,
      GITHUB_GRAPHQL_URL: "",
      GITHUB_RUN_NUMBER: "5",
    },
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

async function answer(
  world: World,
  { request, token }: { readonly request: IncomingMessage; readonly token: string },
): Promise<Answer> {
  const method = request.method ?? "GET";
  const [path = ""] = (request.url ?? "").split("?");
  const prefix = `/api/v1/repos/${world.owner}/${world.name}`;
  if (!path.startsWith(`${prefix}/`)) return notFound;
  if (
    !/^(?:token|bearer) /i.test(request.headers.authorization ?? "") ||
    !request.headers.authorization?.includes(token)
  )
    return { status: 401, body: { message: "token is required" } };
  const route = path.slice(prefix.length);
  if (method === "POST" && route === "/git/refs") return { status: 405, body: "" };
  const [, number] = /^\/issues\/(\d+)\/comments$/.exec(route) ?? [];
  if (method === "GET" && number !== undefined) return { status: 200, body: commentsOf(world.pulls, Number(number)) };
  const body = await readBody(request);
  return answerPulls(world, { method, path: route, body }) ?? notFound;
}

/** All of them, whatever page is asked for. */
function commentsOf({ all }: PullsWorld, number: number): LocalPull["comments"] {
  return all.find((pull) => pull.number === number)?.comments ?? [];
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? undefined : JSON.parse(text);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const authenticate = status === 401 ? { "www-authenticate": 'Basic realm="Gitea"' } : {};
  response.writeHead(status, { "content-type": "application/json", ...authenticate });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** Git's own program behind a web server. */
async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  { dir, path }: { readonly dir: string; readonly path: string },
): Promise<void> {
  const [info = "", query = ""] = path.replace(/^\.git/, "").split("?");
  const child = spawn("git", ["-c", "http.receivepack=true", "http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: dir,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: info,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: String(request.headers["content-encoding"] ?? ""),
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf("\r\n\r\n");
  const headers = whole
    .subarray(0, end)
    .toString("latin1")
    .split("\r\n")
    .map((line) => line.split(": ", 2) as [string, string]);
  const status = Number(/^\d+/.exec(headers.find(([name]) => name === "Status")?.[1] ?? "")?.[0] ?? 200);
  response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== "Status")));
  response.end(whole.subarray(end + 4));
}
