// Started as `node dist/cli.mjs`, on whatever Node a machine has: the program itself is loaded only if it can run. Nothing is
// imported here, because an older Node would fail on it first.
const LEAST = 24;

if (Number(process.versions.node.split(".")[0]) >= LEAST) await import("./cli/main.ts");
else {
  process.stderr.write(
    `Partwatch needs Node ${LEAST} or newer, and this is Node ${process.versions.node}.\n` +
      `Install Node ${LEAST} from https://nodejs.org (or: nvm install ${LEAST}), and run this again.\n` +
      "In a checkout of Partwatch, npm ci brings it: npm run partwatch -- COMMAND\n",
  );
  process.exitCode = 1;
}
