import { readFile } from "node:fs/promises";
import { FailureError } from "../core/failure.ts";
import type { Environment } from "../core/ports.ts";
import { inside, textIn } from "../core/records.ts";
import { printable } from "../core/text/printable.ts";

/** The event that started the workflow, as far as a run needs it. */
export interface GithubEvent {
  /** `schedule`, `push`, `workflow_dispatch`, `repository_dispatch`, `pull_request`, … */
  readonly name: string;
  /** Absent if the event does not have it. */
  readonly defaultBranch: string | undefined;
  readonly pullRequest: PullRequestEvent | undefined;
  readonly payload: DispatchPayload;
}

export interface PullRequestEvent {
  readonly number: number | undefined;
  /** The commit to merge into, as of the event. */
  readonly baseCommit: string | undefined;
  /** Its head: `owner/name`, and the branch. */
  readonly headRepository: string | undefined;
  readonly headBranch: string | undefined;
  readonly headCommit: string | undefined;
}

/** `client_payload` of a repository_dispatch `partwatch-check`. */
export interface DispatchPayload {
  readonly monitors: readonly string[];
  /** A number is a pk, a text an IPN or a name. */
  readonly parts: readonly (number | string)[];
}

/**
 * Reads GITHUB_EVENT_NAME and the file at GITHUB_EVENT_PATH. Throws FailureError (kind config) if there is no such file, or
 * if the payload is invalid.
 */
export async function readEvent(env: Environment): Promise<GithubEvent> {
  const name = env.GITHUB_EVENT_NAME ?? "";
  const event = await eventIn(env.GITHUB_EVENT_PATH);
  return {
    name,
    defaultBranch: textIn(event, "repository", "default_branch") || undefined,
    pullRequest: pullRequestIn(event),
    payload: name === "repository_dispatch" ? payloadOf(inside(event, "client_payload")) : NOTHING,
  };
}

async function eventIn(path: string | undefined): Promise<unknown> {
  if (path === undefined || path === "") return {};
  try {
    const event: unknown = JSON.parse(await readFile(path, "utf8"));
    return event;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refused(`GITHUB_EVENT_PATH names no JSON file that can be read: ${why}`, error);
  }
}

function pullRequestIn(event: unknown): PullRequestEvent | undefined {
  const pullRequest = inside(event, "pull_request");
  if (pullRequest === undefined || pullRequest === null) return undefined;
  const number = inside(pullRequest, "number") ?? inside(event, "number");
  return {
    number: typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : undefined,
    baseCommit: textIn(pullRequest, "base", "sha") || undefined,
    headRepository: textIn(pullRequest, "head", "repo", "full_name") || undefined,
    headBranch: textIn(pullRequest, "head", "ref") || undefined,
    headCommit: textIn(pullRequest, "head", "sha") || undefined,
  };
}

const NOTHING: DispatchPayload = { monitors: [], parts: [] };
const SHAPE = 'client_payload must be { "monitors": ["id", …] } or { "parts": [12, "CBL-0007", …] }';

function payloadOf(payload: unknown): DispatchPayload {
  if (payload === undefined || payload === null) return NOTHING;
  if (typeof payload !== "object" || Array.isArray(payload)) throw refused(`${SHAPE}.`);
  const unknown = Object.keys(payload).filter((key) => key !== "monitors" && key !== "parts");
  if (unknown.length > 0) throw refused(`${SHAPE}; it has ${printable(unknown.slice(0, 5).join(", "), 200)} as well.`);
  return {
    monitors: [...new Set(list(inside(payload, "monitors")).map(idOf))],
    parts: [...new Set(list(inside(payload, "parts")).flatMap(partsOf))],
  };
}

/** A single value is allowed without a list around it. */
function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function idOf(value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value.trim();
  throw refused(`${SHAPE}; a monitor's id is a text.`);
}

/** A text of digits may be meant as either: one check too many does no harm, one too few would. */
function partsOf(value: unknown): readonly (number | string)[] {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return [value];
  const reference = typeof value === "string" ? value.trim() : "";
  if (reference === "") throw refused(`${SHAPE}; a part is a pk (number), or an IPN or name (text).`);
  const pk = /^[1-9]\d{0,14}$/.test(reference) ? [Number(reference)] : [];
  return [reference, ...pk];
}

function refused(message: string, cause?: unknown): FailureError {
  return new FailureError({ kind: "config", retryable: false, message }, cause === undefined ? {} : { cause });
}
