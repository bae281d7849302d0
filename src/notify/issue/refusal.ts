// Why issues could not be read or written, with the line of YAML that fixes it.
import type { Failure } from "../../core/failure.ts";
import type { GithubApi, GithubFailure } from "../../core/github-api.ts";
import { clip, plainText } from "../../core/text/plain-text.ts";

/** The failure that people see. */
export function issueFailure(answer: GithubFailure, api: Pick<GithubApi, "owner" | "name">): Failure {
  const what = `issues of ${api.owner}/${api.name} could not be written`;
  if (answer.kind === "unanswered") {
    const message = `${what}: GitHub gave no usable answer. ${answer.request}: ${answer.message}`;
    const status = answer.status === undefined ? {} : { status: answer.status };
    return { kind: "channel", retryable: true, message, incident: "issue", ...status };
  }
  if (answer.kind === "limited") {
    const message = `${what}: GitHub's rate limit for this token is reached. ${answer.request}: ${answer.message}`;
    return { kind: "channel", retryable: true, status: answer.status, message, incident: "issue" };
  }
  const { status } = answer;
  const said = clip(plainText(answer.errors.map(({ message }) => message.replace(/\.$/, "")).join("; ")), 300);
  const { fix, ofAll } = fixFor(answer, said);
  const message = `${what}: ${answer.request}: ${status}: ${said}. ${fix}`.trimEnd();
  return { kind: "channel", retryable: false, status, message, ...(ofAll ? { incident: "issue" as const } : {}) };
}

/** Whether GitHub refuses comments because somebody has locked the issue (and not because it has blocked the repository). */
export function isLocked(answer: GithubFailure): boolean {
  return (
    answer.kind === "refused" &&
    answer.status === 403 &&
    answer.errors.some(({ message }) => /(?<!b)locked/i.test(message))
  );
}

/** Whether GitHub refuses what accompanies title and body: an invalid label or assignee. */
export function isInvalid(answer: GithubFailure): boolean {
  return answer.kind === "refused" && answer.status === 422;
}

function fixFor(
  { status }: Extract<GithubFailure, { kind: "refused" }>,
  said: string,
): { readonly fix: string; readonly ofAll: boolean } {
  if (status === 401)
    return {
      fix: `The token is wrong or has expired. In a workflow: GITHUB_TOKEN: "\${{ github.token }}"`,
      ofAll: true,
    };
  if (status === 410 || /issues (?:has|have) been disabled/i.test(said))
    return { fix: "Switch issues on: Settings → General → Features → Issues.", ofAll: true };
  if (status === 403 || status === 404) return { fix: PERMISSION, ofAll: true };
  return { fix: "", ofAll: false };
}

const PERMISSION =
  "The token may not write issues. Run `partwatch generate`, or add to the job in the workflow file:\n" +
  "permissions:\n" +
  "  issues: write # opens, updates and closes the issues of lists that have this channel\n" +
  "(A token of one's own needs the repository permission Issues: Read and write.)";
