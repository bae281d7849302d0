// What packages bring along and no run uses stays out of the bundles, which GitHub loads for every run.
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** What is imported by such a name, and what stands in the bundle for it. */
interface Slim {
  readonly name: RegExp;
  readonly contents: string;
}

// Who imports a name that a stand-in does not export fails the build.
const SLIM: readonly Slim[] = [
  {
    // Its index also loads mocks, WebSocket, EventSource, caches, cookies and interceptors. ProxyAgent and fetch are for
    // GitHub's packages.
    name: /^undici$/,
    contents: `
      import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
      import request from "undici/lib/api/api-request.js";
      Dispatcher.prototype.request = request;
      export { default as Agent } from "undici/lib/dispatcher/agent.js";
      export { default as Pool } from "undici/lib/dispatcher/pool.js";
      export { default as ProxyAgent } from "undici/lib/dispatcher/proxy-agent.js";
      export { fetch } from "undici/lib/web/fetch/index.js";
    `,
  },
  {
    // undici's: nobody here asks for HTTP/2 (allowH2), and Node's own part of it takes 7 ms of each start.
    name: /^\.\/client-h2\.js$/,
    contents: 'module.exports = () => { throw new Error("HTTP/2 is not in this bundle"); };',
  },
  {
    // A method for each address of GitHub's API; src/github/octokit.ts names the addresses and uses only request().
    name: /^@octokit\/plugin-rest-endpoint-methods$/,
    contents: "export const restEndpointMethods = () => ({});",
  },
];

/** Puts the stand-ins in their places. */
export const slim: Plugin = {
  name: "slim",
  setup(build) {
    const resolveDir = join(import.meta.dirname, "..");
    for (const { name, contents } of SLIM) {
      build.onResolve({ filter: name }, ({ path }) => ({ path, namespace: "slim" }));
      build.onLoad({ filter: name, namespace: "slim" }, () => ({ contents, resolveDir }));
    }
  },
};
