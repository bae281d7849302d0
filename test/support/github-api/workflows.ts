// The repository itself, its newest commit, and the workflow that checks what is due, through REST.
import { type Answer, notAccessible, notFound, refusal } from "./answers.ts";
import type { RestRequest } from "./git-data.ts";
import type { World } from "./world.ts";

export interface WorkflowsWorld {
  visibility: "public" | "private" | "internal";
  /** What the token may do with actions. */
  permission: "write" | "read" | "none";
  /** undefined: the default branch has no such workflow. */
  workflow:
    | { state: "active" | "disabled_inactivity" | "disabled_manually" | "disabled_fork"; updatedAt: string }
    | undefined;
  /** When the newest commit of the default branch was made. */
  committedAt: string;
}

/** A private repository whose workflow is active. */
export function activeWorkflow(): WorkflowsWorld {
  const at = "2026-11-20T12:00:00Z";
  return { visibility: "private", permission: "write", workflow: { state: "active", updatedAt: at }, committedAt: at };
}

/** Answers what belongs to this area; undefined for anything else. */
export function answerWorkflows(world: World, { method, path }: Omit<RestRequest, "body">): Answer | undefined {
  const { workflows } = world;
  const { visibility, permission, workflow, committedAt } = workflows;
  if (method === "GET" && path === "") {
    const body = {
      name: world.name,
      visibility,
      private: visibility !== "public",
      default_branch: "main",
      fork: false,
    };
    return { status: 200, body };
  }
  if (method === "GET" && path.startsWith("/commits?")) {
    if (!/[?&]sha=main(&|$)/.test(path)) return undefined;
    return { status: 200, body: [{ sha: "0".repeat(40), commit: { committer: { date: committedAt } } }] };
  }
  if (!path.startsWith("/actions/workflows/")) return undefined;
  if (permission === "none") return refusal(403, notAccessible);
  if (workflow === undefined || !path.startsWith("/actions/workflows/partwatch.yml")) return notFound;
  if (method === "GET" && path.endsWith(".yml")) {
    const body = { id: 1, name: "Partwatch", path: ".github/workflows/partwatch.yml", state: workflow.state };
    return { status: 200, body: { ...body, updated_at: workflow.updatedAt } };
  }
  if (method !== "PUT" || !path.endsWith("/enable")) return undefined;
  if (permission !== "write") return refusal(403, notAccessible);
  workflow.state = "active";
  return { status: 204, body: "" };
}
