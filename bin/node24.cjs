#!/usr/bin/env node
// Runs a program on Node 24, wherever npm was started: the machine's own Node if it is new enough, else the binary that
// `npm ci` installed for this platform (scripts/node24). Usage: node bin/node24.cjs PROGRAM [ARGUMENT...]
const { spawnSync } = require("node:child_process");
const { dirname, delimiter } = require("node:path");

const isNew = Number(process.versions.node.split(".")[0]) >= 24;

exports.isNew = isNew;

exports.run = (args) => {
  const node = findNode24();
  if (!node) {
    console.error(
      `Partwatch needs Node 24 or newer; this is ${process.version}. Install Node 24; in a checkout of Partwatch, npm ci brings one.`,
    );
    process.exit(1);
  }
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawnSync(node, args, { stdio: "inherit", env });
  if (child.error) throw child.error;
  if (child.signal) process.kill(process.pid, child.signal);
  process.exit(child.status ?? 1);
};

function findNode24() {
  if (isNew) return process.execPath;
  const names = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`];
  for (const name of names.map((name) => name.replace("-win32-", "-win-"))) {
    try {
      return require.resolve(`${name}/bin/node${process.platform === "win32" ? ".exe" : ""}`);
    } catch {
      // not installed for this platform: try the next name
    }
  }
  return undefined;
}

if (require.main === module) exports.run(process.argv.slice(2));
