import { type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { isPrivateIn } from "../../core/settings/visibility.ts";
import { PUBLIC } from "../dashboard/publishing.ts";
import type { DoctorDeps } from "./deps.ts";

const AREA = "Dashboard";
const TIMEOUT_MS = 30_000;
const WITHHOLD =
  "If not everybody may know names of parts and suppliers, and quantities, remove dashboard.pages from partwatch.yaml, and let a web server of yours show the pages (docs/dashboard.md).";

/** Whether the dashboard that the workflow publishes is for more people than the repository. */
export async function examinePublishing({
  read,
  github,
  clock,
}: Pick<DoctorDeps, "read" | "github" | "clock">): Promise<readonly Diagnosis[]> {
  const { dashboard } = read.config;
  if (!dashboard.pages || github === undefined) return [];
  const until = new Date(clock.now().getTime() + TIMEOUT_MS);
  const answer = await github.rest({ method: "GET", path: "", until, repeatable: true });
  const isPrivate = answer.kind === "done" ? isPrivateIn(answer.body) : undefined;
  if (isPrivate === false) return [ok(AREA, "The workflow publishes the pages of a public repository.")];
  if (isPrivate === undefined) {
    const message = "It is not known whether the repository is private; if it is, its pages may be read by anybody.";
    return [warning({ area: AREA, message, fix: WITHHOLD })];
  }
  if (dashboard.public) {
    const message = `The workflow publishes the pages of a private repository. ${PUBLIC}`;
    return [warning({ area: AREA, message, fix: WITHHOLD })];
  }
  const message = `The repository is private, so the workflow refuses to publish its pages. ${PUBLIC}`;
  const fix = "Remove dashboard.pages from partwatch.yaml; or, if everybody may read them, add public: true to it.";
  return [warning({ area: AREA, message, fix })];
}
