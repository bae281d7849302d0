import { FailureError } from "../../core/failure.ts";
import type { Config } from "../../core/settings/config.ts";

/**
 * Throws FailureError (kind config) where partwatch.yaml does not ask for published pages, or the repository is private and it
 * does not say that its pages may be read by anybody.
 */
export async function refuseUnasked({
  dashboard,
  isBroken,
  repository,
  isPrivate,
}: {
  readonly dashboard: Config["dashboard"];
  /** partwatch.yaml cannot be used. */
  readonly isBroken: boolean;
  readonly repository: string;
  /** undefined: nobody knows. */
  readonly isPrivate: () => Promise<boolean | undefined>;
}): Promise<void> {
  if (isBroken)
    throw refused("partwatch.yaml cannot be used, so nothing is published. Find the problem with: partwatch validate");
  if (!dashboard.pages)
    throw refused(
      "partwatch.yaml does not ask for published pages (dashboard: { pages: true }), so nothing is published.",
    );
  if (dashboard.public) return;
  const answer = await isPrivate();
  if (answer === false) return;
  const why =
    answer === true ? `${repository} is private. ${PUBLIC}` : `GitHub did not say whether ${repository} is private.`;
  throw refused(`${why} So nothing is published. ${ALLOW}`);
}

/** What a private repository should know. */
export const PUBLIC = "On most plans anybody can read the pages of a private repository.";
const ALLOW =
  "If everybody may know the names of your parts and suppliers, and quantities, write into partwatch.yaml: dashboard: { pages: true, public: true }";

function refused(message: string): FailureError {
  return new FailureError({ kind: "config", retryable: false, message });
}
