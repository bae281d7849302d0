import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Problem } from "../core/problem.ts";
import { automationIn, type Variables } from "../core/settings/variables.ts";
import { readTextFile } from "./file.ts";

export interface Dotenv {
  readonly variables: Variables;
  readonly problems: readonly Problem[];
  /** Why an existing file is not read; a sentence. */
  readonly unread?: string;
}

/**
 * Reads the settings in `.env` at the repository's root; none if there is no such file. Never shows its contents. In
 * a workflow the file would come with the checkout: whoever can propose a change could set every address in it.
 */
export async function readDotenv(root: string, env: Variables): Promise<Dotenv> {
  const file = ".env";
  const read = await readTextFile({ path: join(root, file), file });
  if (read.kind === "absent") return { variables: {}, problems: [] };
  const automation = automationIn(env);
  if (automation !== undefined) return { variables: {}, problems: [], unread: unread(automation) };
  if (read.kind === "unusable") return { variables: {}, problems: [read.problem] };
  return { variables: parseEnv(read.text), problems: lineProblems(file, read.text) };
}

function unread(automation: string): string {
  return `.env is not read where ${automation} is set: settings come from the workflow's secrets and variables alone.`;
}

function lineProblems(file: string, text: string): Problem[] {
  // A quoted value may span several lines: its contents do not matter to this check, but what follows does.
  const bare = text.replace(
    /(=[ \t]*)(["'`])([\s\S]*?)\2/g,
    (_all, start: string, _quote, value: string) => `${start}${QUOTED}${value.replace(/[^\n]/g, "")}`,
  );
  return bare.split("\n").flatMap((line, index) => {
    const message = lineProblem(line);
    return message === undefined ? [] : [{ file, line: index + 1, message }];
  });
}

/** Stands for a value in quotes: a letter for private use, which no settings have. */
const QUOTED = "\ue000";

function lineProblem(line: string): string | undefined {
  if (/^\s*(?:#.*)?$/.test(line)) return undefined;
  if (!/^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/.test(line))
    return "is not a setting; write NAME=value, or # before a comment.";
  return /=\s*["'`]/.test(line) ? "opens a quote that nothing closes." : cutProblem(line);
}

/** What Node would silently cut off, even from a password. */
function cutProblem(line: string): string | undefined {
  const value = line
    .slice(line.indexOf("=") + 1)
    .replace(/\s#.*$/, "")
    .trim();
  if (!value.startsWith(QUOTED))
    return value.includes("#")
      ? 'has a # in its value, and what follows would be left out; write NAME="value".'
      : undefined;
  const behind = value.slice(QUOTED.length);
  return behind === "" || behind.startsWith("#")
    ? undefined
    : "goes on behind its closing quote; put quotes of another kind around it.";
}
