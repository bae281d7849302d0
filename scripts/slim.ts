// What packages bring along and no run uses stays out of the bundles, which GitHub loads for every run.
import { join } from "node:path";
import type { Plugin } from "esbuild";

/**
 * What stands in the bundle for a package of that name. Whoever imports a name that is not exported here fails the build.
 * Packages' own files are reached by their paths: these are left alone.
 */
const SLIM: Readonly<Record<string, string>> = {
  // Its index also loads mocks, WebSocket, EventSource, caches, cookies and interceptors, and puts all requests on Dispatcher.
  undici: `
    import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
    import request from "undici/lib/api/api-request.js";
    Dispatcher.prototype.request = request;
    export { default as Agent } from "undici/lib/dispatcher/agent.js";
    export { default as Pool } from "undici/lib/dispatcher/pool.js";
    // These two are what GitHub's packages import.
    export { default as ProxyAgent } from "undici/lib/dispatcher/proxy-agent.js";
    export { fetch } from "undici/lib/web/fetch/index.js";
  `,
  // A method for each address of GitHub's API; src/github/octokit.ts names the addresses and uses only request().
  "@octokit/plugin-rest-endpoint-methods": "export const restEndpointMethods = () => ({});",
};

/** Puts the slim stand-ins in the places of the packages. */
export const slim: Plugin = {
  name: "slim",
  setup(build) {
    const names = Object.keys(SLIM).map((name) => name.replaceAll("/", "\\/"));
    build.onResolve({ filter: new RegExp(`^(?:${names.join("|")})$`) }, ({ path }) => ({ path, namespace: "slim" }));
    build.onLoad({ filter: /.*/, namespace: "slim" }, ({ path }) => ({
      contents: SLIM[path] ?? "",
      resolveDir: join(import.meta.dirname, ".."),
    }));
  },
};
