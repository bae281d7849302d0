import { readFile } from "node:fs/promises";

/** What started the workflow, as far as a run cares. */
export interface GithubEvent {
  /** `schedule`, `push`, `workflow_dispatch`, `repository_dispatch`, `pull_request`, … */
  readonly name: string;
  /** As the event says; absent on events that do not (`schedule` says it too). */
  readonly defaultBranch: string | undefined;
  readonly payload: DispatchPayload;
}

/** `client_payload` of a repository_dispatch `partwatch-check`. */
export interface DispatchPayload {
  readonly monitors: readonly string[];
  /** pks, or IPNs and names. */
  readonly parts: readonly (number | string)[];
}

/** Reads GITHUB_EVENT_NAME and the file at GITHUB_EVENT_PATH. Throws with words if a payload is not what is expected. */
export async function readEvent(env: Readonly<Record<string, string | undefined>>): Promise<GithubEvent> {
  const name = env.GITHUB_EVENT_NAME ?? "";
  const path = env.GITHUB_EVENT_PATH;
  const event: unknown = path === undefined || path === "" ? {} : JSON.parse(await readFile(path, "utf8"));
  const defaultBranch = member(member(event, "repository"), "default_branch");
  const payload = name === "repository_dispatch" ? payloadOf(member(event, "client_payload")) : NOTHING;
  return { name, defaultBranch: typeof defaultBranch === "string" ? defaultBranch : undefined, payload };
}

const NOTHING: DispatchPayload = { monitors: [], parts: [] };
const SHAPE = 'client_payload must be { "monitors": ["id", …] } or { "parts": [12, "CBL-0007", …] }';

function payloadOf(payload: unknown): DispatchPayload {
  if (payload === undefined || payload === null) return NOTHING;
  if (typeof payload !== "object" || Array.isArray(payload)) throw new Error(`${SHAPE}.`);
  const unknown = Object.keys(payload).filter((key) => key !== "monitors" && key !== "parts");
  if (unknown.length > 0) throw new Error(`${SHAPE}; it has ${unknown.slice(0, 5).join(", ")} as well.`);
  return {
    monitors: list(member(payload, "monitors")).map(idOf),
    parts: list(member(payload, "parts")).map(partOf),
  };
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function idOf(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${SHAPE}; a monitor's id is a text.`);
}

function partOf(value: unknown): number | string {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${SHAPE}; a part is a pk (number), or an IPN or name (text).`);
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
