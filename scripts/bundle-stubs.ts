// What packages bring along and no run uses stays out of the bundles, which GitHub loads for every run.
import { join } from "node:path";
import type { Plugin } from "esbuild";

/** What is imported by such a name, and what stands in the bundle for it. */
interface Stub {
  readonly name: RegExp;
  /** Only there; absent: wherever it is imported. */
  readonly importer?: RegExp;
  readonly contents: (name: string) => string;
}

// Who imports a name that a stand-in does not export fails the build.
const STUBS: readonly Stub[] = [
  {
    // Its index also loads mocks, WebSocket, EventSource, caches, cookies and interceptors: with them the action would be
    // larger than 1.5 MB. ProxyAgent and fetch are for GitHub's packages.
    name: /^undici$/,
    contents: () => `
      import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
      import connect from "undici/lib/api/api-connect.js";
      import request from "undici/lib/api/api-request.js";
      // connect: the tunnel through a proxy.
      Object.assign(Dispatcher.prototype, { connect, request });
      export { default as Agent } from "undici/lib/dispatcher/agent.js";
      export { default as Pool } from "undici/lib/dispatcher/pool.js";
      export { default as ProxyAgent } from "undici/lib/dispatcher/proxy-agent.js";
      export { fetch } from "undici/lib/web/fetch/index.js";
    `,
  },
  {
    // The same parser again, for processors from before 2008.
    name: /^\.\.\/llhttp\/llhttp-wasm\.js$/,
    contents: () => 'throw new Error("Partwatch needs a processor with SIMD.");',
  },
  {
    // HTTP/2, which nobody here asks for.
    name: /^\.\/client-h2\.js$/,
    importer: /[\\/]undici[\\/]/,
    contents: () => "module.exports = undefined;",
  },
  {
    // A method for each address of GitHub's API; src/github/octokit.ts names the addresses and uses only request().
    name: /^@octokit\/plugin-rest-endpoint-methods$/,
    contents: () => "export const restEndpointMethods = () => ({});",
  },
  {
    // Of @actions/core only what asks for identity tokens sends requests; nobody here does.
    name: /^@actions\/http-client(?:\/lib\/auth)?$/,
    importer: /[\\/]@actions[\\/]core[\\/]/,
    contents: () => "export const HttpClient = undefined; export const BearerCredentialHandler = undefined;",
  },
  {
    // An ES module that imports node:http reads all that it exports, and so loads the undici that Node brings for its WebSocket.
    name: /^(?:node:)?https?$/,
    contents: (name) => `module.exports = require("${name}");`,
  },
  {
    // Its expression for emoji takes longer to make than most commands take to write; most texts need none of it.
    name: /^string-width$/,
    contents: (name) => `module.exports = (...given) => require("${name}").default(...given);`,
  },
  {
    // At its import MJML would read a file .mjmlconfig where the process stands, and load the packages that it names: a pull
    // request could run its own code. Nobody reads that file here, nor any other but the template.
    name: /^\.\/helpers\/mjmlconfig$/,
    importer: /[\\/]mjml-core[\\/]/,
    contents: () => "export default () => undefined;",
  },
  { name: /^detect-node$/, contents: () => "module.exports = false;" },
  {
    // What MJML would make its HTML smaller or prettier with, and cheerio read other encodings with.
    name: /^(?:htmlnano|cssnano-preset-lite|js-beautify|web-resource-inliner|encoding-sniffer)$/,
    contents: () => "module.exports = {};",
  },
];

/** Puts the stand-ins in their places. */
export const stubs: Plugin = {
  name: "stubs",
  setup(build) {
    const resolveDir = join(import.meta.dirname, "..");
    for (const { name, importer, contents } of STUBS) {
      build.onResolve({ filter: name }, ({ path, namespace, importer: from }) =>
        namespace !== "stub" && (importer === undefined || importer.test(from))
          ? { path, namespace: "stub" }
          : undefined,
      );
      build.onLoad({ filter: name, namespace: "stub" }, ({ path }) => ({ contents: contents(path), resolveDir }));
    }
  },
};
