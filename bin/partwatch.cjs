#!/usr/bin/env node
const { isNew, run } = require("./node24.cjs");

// In this very process where it can be: a signal reaches the program, and nothing is started twice.
if (isNew) import("../dist/cli.mjs");
else run([require.resolve("../dist/cli.mjs"), ...process.argv.slice(2)]);
