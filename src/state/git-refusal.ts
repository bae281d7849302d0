// What git says when it refuses, in words with the fix.
import { FailureError } from "../core/failure.ts";
import { clip, plainText } from "../core/text/plain-text.ts";

export interface Refused {
  /** `read the state`, `write the state`. */
  readonly doing: string;
  readonly label: string;
  readonly branch: string;
  readonly stderr: string;
  /** Git has a job's token, which a workflow grants. */
  readonly hasToken?: boolean;
}

interface Advice {
  readonly when: RegExp;
  readonly retryable?: true;
  readonly words: (refused: Refused) => string;
}

const ADVICE: readonly Advice[] = [
  {
    when: /dubious ownership/i,
    words: () =>
      "Git does not trust this folder because it belongs to another user. Run Partwatch as its owner, or trust it (git config --global --add safe.directory <folder>).",
  },
  {
    when: /not a git repository/i,
    words: () => "This folder is not a Git repository. Start Partwatch inside a clone, or make one here (git init).",
  },
  {
    when: /does not appear to be a git repository|no such remote/i,
    words: ({ label }) => `Git knows no such remote (${label}); check git remote -v.`,
  },
  {
    when: /authentication failed|could not read username|could not read password|permission denied \(publickey|host key verification|(error: |returned error: )40[13]/i,
    words: ({ hasToken }) =>
      hasToken
        ? "The job's token may not do that. Run `partwatch generate`, or add to the job in the workflow file: permissions: { contents: write }"
        : "The remote refused the credentials. Git never prompts for them here: set up a credential helper, an SSH key, or a token that may write.",
  },
  {
    when: /protected branch|hook declined|denied by|non-fast-forward updates|rule violations/i,
    words: ({ branch }) => `The remote lets nobody write to ${branch}. Leave that branch out of its rules.`,
  },
  {
    when: /permission denied|insufficient permission|read-only file system|operation not permitted/i,
    words: () => "Partwatch may not write to the repository's .git folder. Run it as the owner of the clone.",
  },
  {
    when: /no space left|disk quota/i,
    words: () => "The disk is full.",
  },
  {
    when: /exists; cannot create|directory\/file conflict/i,
    words: ({ branch }) =>
      `Another branch conflicts with the name ${branch}. Set another one as state.branch in partwatch.yaml.`,
  },
  {
    when: /file exists|unable to lock|cannot lock ref|failed to lock/i,
    retryable: true,
    words: () =>
      "Another git keeps the branch locked. If none is running, a crashed one left the lock: delete the .lock file that is named here.",
  },
  {
    when: /could not resolve|could not read from remote|unable to access|connection|timed out|early eof|hung up|ended after/i,
    retryable: true,
    words: () => "The remote cannot be reached. The next run tries again.",
  },
];

/** The error that people see. */
export function gitFailure(refused: Refused): FailureError {
  const { doing, label, stderr } = refused;
  const advice = ADVICE.find(({ when }) => when.test(stderr));
  const said = stderr === "" ? "Git failed without a word" : `Git said: ${gitMessage(stderr)}`;
  const fix = advice === undefined ? "" : ` ${advice.words(refused)}`;
  const message = `could not ${doing} (${label}).${fix} ${said}`.replace(/\s+/g, " ");
  return new FailureError({ kind: "state", retryable: advice?.retryable === true, message });
}

/** Whether another try may do better although nobody else has written meanwhile. */
export function isPassing(stderr: string): boolean {
  return ADVICE.find(({ when }) => when.test(stderr))?.retryable === true;
}

/** Git's words on one line, without the name and password that an address may have in it. */
export function gitMessage(text: string): string {
  return clip(plainText(text.replace(/:\/\/[^/@\s]+@/g, "://***@")), 600);
}
