import * as core from "@actions/core";

/** The action's inputs, read and checked. */
export interface Inputs {
  readonly command: "run" | "validate" | "generate-check";
  readonly monitors: readonly string[];
  readonly all: boolean;
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly anyBranch: boolean;
  readonly root: string;
  readonly failOn: "short" | "critical" | undefined;
  readonly logFormat: "text" | "json";
  readonly token: string;
}

const COMMANDS = ["run", "validate", "generate-check"] as const;

/** Reads INPUT_*. An empty input is an absent one. Throws with words if one has no meaning. */
export function readInputs(): Inputs {
  const token = core.getInput("token");
  if (token !== "") core.setSecret(token);
  return {
    command: oneOf("command", COMMANDS) ?? "run",
    monitors: core
      .getInput("monitors")
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
    all: flag("all"),
    force: flag("force"),
    dryRun: flag("dry-run"),
    anyBranch: flag("any-branch"),
    root: core.getInput("root") || ".",
    failOn: oneOf("fail-on", ["short", "critical"]),
    logFormat: oneOf("log-format", ["text", "json"]) ?? "text",
    token,
  };
}

function flag(name: string): boolean {
  const text = core.getInput(name).toLowerCase();
  if (text === "" || text === "false") return false;
  if (text === "true") return true;
  throw new Error(`Input ${name}: "${text}" must be true or false.`);
}

function oneOf<T extends string>(name: string, known: readonly T[]): T | undefined {
  const text = core.getInput(name);
  if (text === "") return undefined;
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Error(`Input ${name}: "${text}" must be ${known.join(", ")}.`);
  return found;
}
