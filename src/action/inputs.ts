import { statSync } from "node:fs";
import { getInput } from "@actions/core";
import { FAIL_ON, type FailOn } from "../app/run/fail-on.ts";
import { FailureError } from "../core/failure.ts";
import type { Environment } from "../core/ports.ts";
import { defined } from "../core/records.ts";
import type { RunScope } from "../core/settings/scope.ts";
import { parseShard, type Shard } from "../core/settings/shard.ts";
import { printable } from "../core/text/printable.ts";
import { nearest } from "../core/text/suggestion.ts";

/** The action's inputs, read and checked. */
export interface Inputs {
  readonly command: (typeof COMMANDS)[number];
  readonly monitors: readonly string[];
  readonly all: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly anyBranch: boolean;
  readonly acceptState: boolean;
  readonly testMail: boolean;
  readonly scope: RunScope;
  readonly root: string;
  readonly failOn: FailOn | undefined;
  readonly logFormat: "text" | "json";
  readonly token: string;
}

const COMMANDS = ["run", "validate", "preview", "generate-check"] as const;

/**
 * Reads INPUT_*. An empty input counts as absent, so that a workflow can pass on what may be unset. Throws FailureError
 * (kind config) with all invalid inputs.
 */
export function readInputs(env: Environment): Inputs {
  const problems: string[] = [];
  const reader = { problems };
  const inputs: Inputs = {
    command: oneOf(reader, { name: "command", known: COMMANDS }) ?? "run",
    monitors: idsIn(getInput("monitors")),
    all: flag(reader, "all"),
    force: flag(reader, "force"),
    dryRun: flag(reader, "dry-run"),
    anyBranch: flag(reader, "any-branch"),
    acceptState: flag(reader, "accept-state"),
    testMail: flag(reader, "test-mail"),
    scope: scopeIn(reader),
    root: rootIn(reader),
    failOn: oneOf(reader, { name: "fail-on", known: FAIL_ON }),
    logFormat: oneOf(reader, { name: "log-format", known: ["text", "json"] }) ?? "text",
    token: getInput("token") || (env.GITHUB_TOKEN ?? "").trim(),
  };
  if (inputs.all && inputs.monitors.length > 0)
    problems.push("Inputs all and monitors exclude each other; leave one of them out.");
  if (problems.length > 0) throw new FailureError({ kind: "config", retryable: false, message: problems.join("\n") });
  return inputs;
}

interface Reader {
  readonly problems: string[];
}

function idsIn(text: string): readonly string[] {
  const ids = text.split(/[,\n]/).map((id) => id.trim());
  return [...new Set(ids.filter((id) => id !== ""))];
}

function flag({ problems }: Reader, name: string): boolean {
  const text = getInput(name).toLowerCase();
  if (text !== "" && text !== "true" && text !== "false")
    problems.push(`Input ${name}: "${printable(text, 40)}" must be true or false.`);
  return text === "true";
}

/** A run in a missing folder would find nothing to check, and be green. */
function rootIn({ problems }: Reader): string {
  const folder = getInput("root") || ".";
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    problems.push(
      `Input root: "${printable(folder, 200)}" is not a folder here; does an earlier step check out the repository?`,
    );
  return folder;
}

function scopeIn(reader: Reader): RunScope {
  const instance = getInput("instance");
  const shard = shardIn(reader);
  return { ...(instance === "" ? {} : { instance }), ...defined({ shard }) };
}

function shardIn({ problems }: Reader): Shard | undefined {
  const text = getInput("shard");
  const shard = text === "" ? undefined : parseShard(text);
  if (text !== "" && shard === undefined)
    problems.push(`Input shard: "${printable(text, 40)}" must be i/n, as in 2/4.`);
  return shard;
}

function oneOf<T extends string>(
  { problems }: Reader,
  { name, known }: { readonly name: string; readonly known: readonly T[] },
): T | undefined {
  const text = getInput(name);
  const found = known.find((one) => one === text);
  if (text !== "" && found === undefined)
    problems.push(`Input ${name}: "${printable(text, 40)}" must be ${inWords(known)}.${meant(text, known)}`);
  return found;
}

function meant(text: string, known: readonly string[]): string {
  const near = nearest(text, known);
  return near === undefined ? "" : ` Did you mean ${near}?`;
}

function inWords(known: readonly string[]): string {
  return known.join(", ").replace(/, ([^,]+)$/, " or $1");
}
