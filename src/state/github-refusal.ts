// GitHub's refusals in words, with the line of YAML that fixes them.
import { type Failure, FailureError } from "../core/failure.ts";
import type { GithubApi, GithubFailure } from "../core/github-api.ts";

export interface Circumstances {
  readonly api: GithubApi;
  readonly branch: string;
  readonly doing: "read" | "write" | "create";
}

/** The error that people see. */
export function githubFailure(answer: GithubFailure, circumstances: Circumstances): FailureError {
  return new FailureError(explain(answer, circumstances));
}

/** Whether a rule of the repository (classic protection or a ruleset) stands in the way. */
export function isRule(answer: GithubFailure): boolean {
  return (
    answer.kind === "refused" &&
    answer.errors.some(
      ({ type, message }) =>
        type === "BRANCH_PROTECTION_RULE_VIOLATION" ||
        /repository rule violations? found|protected branch|protected ref|push declined|cannot force-push/i.test(
          message,
        ),
    )
  );
}

/** Whether the token lacks a permission, is wrong, or cannot see the repository: no repeat will help. */
export function isForbidden(answer: GithubFailure): boolean {
  return (
    answer.kind === "refused" && ([401, 403].includes(answer.status) || lacksPermission(answer) || isHidden(answer))
  );
}

function explain(answer: GithubFailure, { api, branch, doing }: Circumstances): Failure {
  const repository = `${api.owner}/${api.name}`;
  const what =
    doing === "read" ? `read the state of ${repository}` : `write the state to branch ${branch} of ${repository}`;
  if (answer.kind === "unanswered") {
    const message = `could not ${what}: GitHub gave no usable answer. ${answer.request}: ${answer.message}`;
    return { kind: "state", retryable: true, message, ...(answer.status !== undefined && { status: answer.status }) };
  }
  if (answer.kind === "limited") {
    const message = `could not ${what}: GitHub's rate limit for this token is reached. ${answer.request}: ${answer.message}`;
    return { kind: "state", retryable: true, status: answer.status, message };
  }
  const said = `${answer.request}: ${statusOf(answer)}: ${wordsOf(answer)}`;
  const fix = mend(answer, { api, branch, doing });
  return {
    kind: "state",
    retryable: false,
    status: statusOf(answer),
    message: `could not ${what}: ${said}. ${fix}`.trimEnd(),
  };
}

type Refused = Extract<GithubFailure, { kind: "refused" }>;

function mend(answer: Refused, { api, branch, doing }: Circumstances): string {
  if (isRule(answer)) return ruleAdvice(branch);
  if (answer.status === 401) {
    return `The token is wrong or has expired. In a workflow, give the step GitHub's own: GITHUB_TOKEN: "\${{ github.token }}"`;
  }
  if (lacksPermission(answer))
    return permissionAdvice(`The token may not ${doing === "read" ? "read" : "write"} contents. `, branch);
  if (isHidden(answer)) {
    return permissionAdvice(
      `The token cannot see ${api.owner}/${api.name}: check GITHUB_REPOSITORY, and its permissions. `,
      branch,
    );
  }
  if (answer.status === 409) return "The repository has no commit yet: push a first one to its default branch.";
  return "";
}

function permissionAdvice(cause: string, branch: string): string {
  return (
    `${cause}Add to the job in the workflow file:\n` +
    "permissions:\n" +
    `  contents: write # commits the state to the branch ${branch}\n` +
    "(A token of one's own needs the repository permission Contents: Read and write. " +
    "Runs for pull requests from forks get a read-only token whatever the workflow says.)"
  );
}

function ruleAdvice(branch: string): string {
  return (
    `A rule of the repository does not let the token write to the branch ${branch}. Leave that branch out: Settings → Rules → ` +
    `Rulesets → the ruleset → Target branches → Exclude by pattern: ${branch} (classic protection: Settings → Branches). ` +
    "Or name a branch that no rule covers, in partwatch.yaml:\n" +
    "state:\n" +
    `  branch: ${branch}-unprotected # any name that no rule covers`
  );
}

/** A 403 may have other reasons too (an archived repository, an IP allow list), which GitHub's message gives. */
function lacksPermission(answer: Refused): boolean {
  return answer.errors.some(
    ({ type, message }) => type === "FORBIDDEN" || /not accessible by|write access/i.test(message),
  );
}

function isHidden(answer: Refused): boolean {
  if (answer.status === 404) return true;
  return answer.errors.some(({ message }) => /could not resolve to a repository/i.test(message));
}

/** GraphQL refuses with status 200; people know the status that REST would give. */
function statusOf(answer: Refused): number {
  if (answer.status >= 400) return answer.status;
  if (isRule(answer)) return 422;
  if (lacksPermission(answer)) return 403;
  return isHidden(answer) ? 404 : 422;
}

function wordsOf({ errors }: Refused): string {
  return errors
    .map(({ message }) =>
      message
        .trim()
        .replace(/\s*\n\s*/g, ": ")
        .replace(/\.$/, ""),
    )
    .join("; ");
}
