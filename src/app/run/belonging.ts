import { FailureError } from "../../core/failure.ts";
import type { StateFiles } from "../../core/notification/state.ts";
import type { MonitorsRead } from "../../monitors/read.ts";

export interface Belonging {
  /** What people call the place of the state: `branch partwatch-state of this clone`. */
  readonly label: string;
  /** The folder of the lists at hand, from the repository's top: `.` or `stock/lists`; undefined: outside of one. */
  readonly root: string | undefined;
  readonly read: Pick<MonitorsRead, "monitors" | "broken">;
  readonly state: Pick<StateFiles, "root" | "monitors" | "runs">;
}

/** Why this state is not that of these lists, with the ways out; undefined if it may be. */
export function notOurs(input: Belonging): string | undefined {
  return otherRoot(input) ?? noneFound(input);
}

/** Nothing to check, and the ways out: more likely a wrong folder than intended; undefined if there is something to check. */
export function noLists({ monitors, broken }: Belonging["read"], folder: string): string | undefined {
  if (monitors.length + broken.length > 0) return undefined;
  return `No list found in ${folder}: monitors/ is empty or not there. Start Partwatch in the repository with your lists, or name its folder with --root. To begin: partwatch init`;
}

/** Throws FailureError (kind config) where there is nothing to check. */
export function refuseNoLists(read: Belonging["read"], folder: string): void {
  const message = noLists(read, folder);
  if (message !== undefined) throw new FailureError({ kind: "config", retryable: false, message });
}

/** Throws FailureError (kind state) with what to do; nothing is checked, notified or written then. */
export function refuseOtherState(input: Belonging): void {
  const message = notOurs(input);
  if (message !== undefined) throw new FailureError({ kind: "state", retryable: false, message });
}

function otherRoot({ label, root, state }: Belonging): string | undefined {
  if (root === undefined || state.root === undefined || root === state.root) return undefined;
  return `The state (${label}) is that of the lists in ${place(state.root)}, and the lists here are those in ${place(root)}. Start Partwatch there, or with --root; or give the lists here a state branch of their own, in their partwatch.yaml: state: { branch: ${ownBranch(root)} }. If the lists have moved here, confirm it once: ${ACCEPT}`;
}

function noneFound({ label, read, state }: Belonging): string | undefined {
  const known = [...new Set([...Object.keys(state.runs), ...Object.keys(state.monitors)])].sort();
  const present = new Set(read.monitors.map(({ id }) => id));
  // Nobody knows what a broken file names.
  if (known.length === 0 || read.broken.length > 0 || known.some((id) => present.has(id))) return undefined;
  const some = known.slice(0, 5).join(", ") + (known.length > 5 ? ` and ${known.length - 5} more` : "");
  return `None of the lists that the state (${label}) knows is here: ${some}. If this is the wrong folder, name the right one with --root. If these are other lists, give them a state branch of their own, in partwatch.yaml: state: { branch: partwatch-state-2 }. A list that was renamed keeps its state with id: ${known[0] ?? ""}. If the known lists are really gone, confirm it once: ${ACCEPT}`;
}

const ACCEPT = "partwatch run --accept-state (in Actions: start the workflow by hand with accept_state)";

function place(root: string): string {
  return root === "." ? "the repository's top folder" : root;
}

function ownBranch(root: string): string {
  const words = root === "." ? "top" : root.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  return `partwatch-state-${words || "2"}`;
}
