import { FORGE_NAMES } from "../forge.ts";
import type { ScheduleTarget } from "../settings/workflow-settings.ts";

/** What a workflow's comments call the software that runs it. */
export function forgeName(target: ScheduleTarget): string {
  if (target === "ghes") return FORGE_NAMES.github;
  return target === "gitlab" ? "GitLab" : FORGE_NAMES[target];
}
