#!/usr/bin/env node
require("./node24.cjs").run([require.resolve("../dist/cli.mjs"), ...process.argv.slice(2)]);
