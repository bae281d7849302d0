// What the areas of the local GitHub API share: the repository, who may do what, and how fresh reads are.
import type { Branches } from "./branches.ts";
import type { IssuesWorld } from "./issues-world.ts";
import type { PullsWorld } from "./pull-comments.ts";
import type { Repository } from "./repository.ts";
import type { WorkflowsWorld } from "./workflows.ts";

export interface World {
  readonly owner: string;
  readonly name: string;
  readonly repository: Repository;
  readonly branches: Branches;
  /** What the token may do with contents; a test changes it as it likes. */
  contents: "write" | "read" | "none";
  /** Rules that refuse writes to a branch. */
  rules: Rule[];
  /** What each answer says of the token's limit; undefined: nothing. */
  requestsLeft: number | undefined;
  /** How many reads of a branch after each write still show what was there before. */
  staleReads: number;
  /** Whether it has a record of what happened to branches; older servers have none. */
  keepsActivity: boolean;
  /** GitHub cuts `Blob.text` at 512,000 bytes. */
  truncateTextAt: number;
  readonly issues: IssuesWorld;
  readonly pulls: PullsWorld;
  readonly workflows: WorkflowsWorld;
}

export interface Rule {
  readonly branch: string;
  /** Classic protection and rulesets refuse in different words. */
  readonly kind: "protection" | "ruleset";
  readonly on: "create" | "update" | "any";
  readonly message: string;
}

/** The rule that refuses this, if any. */
export function refusingRule(world: World, attempt: { branch: string; on: "create" | "update" }): Rule | undefined {
  return world.rules.find((rule) => rule.branch === attempt.branch && (rule.on === "any" || rule.on === attempt.on));
}

/** The node id of the repository, as GraphQL knows it. */
export function repositoryId(world: World): string {
  return `R_${Buffer.from(`${world.owner}/${world.name}`).toString("base64url")}`;
}
