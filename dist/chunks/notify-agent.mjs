import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a}from"./shared-notify-agent.mjs";import"./shared-undici-lib-llhttp-llhttp-simd-wasm.mjs";import"./shared-stub-node-http.mjs";import"./shared-runtime.mjs";export{a as openAgent};
