import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
Number(process.versions.node.split(".")[0])>=24?await import("./chunks/cli-main.mjs"):(process.stderr.write(`Partwatch needs Node 24 or newer, and this is Node ${process.versions.node}.
Install Node 24 from https://nodejs.org (or: nvm install 24), and run this again.
In a checkout of Partwatch, npm ci brings it: npm run partwatch -- COMMAND
`),process.exitCode=1);
