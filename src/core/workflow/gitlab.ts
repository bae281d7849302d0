import type { Problem } from "../problem.ts";
import type { Config } from "../settings/config.ts";
import type { ActionReference, WorkflowSettings } from "../settings/workflow-settings.ts";
import { plainText } from "../text/plain-text.ts";
import { quoted } from "./yaml.ts";

type GitlabConfig = Pick<Config, "schedule" | "workflow" | "mail" | "shards">;

/**
 * The jobs that a project's .gitlab-ci.yml includes: the checks, started by a pipeline schedule, and the validation of merge
 * requests. Byte for byte the same for the same settings; nothing of the lists is in it.
 */
export function gitlabJobsText({ marker, config }: { readonly marker: string; readonly config: GitlabConfig }): string {
  const { schedule, workflow, mail } = config;
  const { pullRequest, branch } = workflow;
  const program = programOf(workflow.action);
  return `${marker}
# Include it in .gitlab-ci.yml:
#
#   include:
#     - local: .gitlab/partwatch.yml
#
# Then, once, in the project: Build, Pipeline schedules: ${schedule.tick} (UTC), target branch ${plainText(branch)};
# Settings, CI/CD, Job token permissions: allow Git push requests to the repository; CI/CD, Variables: the settings, masked.

.partwatch:
  image: node:24
  interruptible: false
  variables:
    GIT_DEPTH: "0" # the state branch, and a renamed list, have a past
${program.prepare}
partwatch:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
    # A list that was added or changed is checked right away.
    - if: $CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
      changes: ["monitors/**/*", "partwatch.yaml"]
    - if: $CI_PIPELINE_SOURCE == "web" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
${jobText(workflow)}  # One run at a time; two at once could not overwrite each other's state either.
  resource_group: partwatch
  script:
    # The job's own token fetches and pushes the state branch; it ends with the job.
    - git remote set-url origin "$CI_REPOSITORY_URL"
    # The runner checks out a commit; only a run on the default branch notifies.
    - git switch --quiet --force-create "$CI_COMMIT_BRANCH"
    - ${program.run} run
${pullRequest === null ? "" : validationText({ program, mail, runsOn: pullRequest.runsOn })}`;
}

function validationText({
  program,
  mail,
  runsOn,
}: {
  readonly program: Program;
  readonly mail: GitlabConfig["mail"];
  readonly runsOn: WorkflowSettings["runsOn"];
}): string {
  const template = mail.template === null ? "" : `, ${quoted(mail.template)}`;
  return `
# Merge requests are validated without any setting; problems stand at their lines of the change.
partwatch-validate:
  extends: .partwatch
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      changes: ["monitors/**/*", "partwatch.yaml"${template}, ".gitlab/partwatch.yml"]
${tagsText(runsOn)}  script:
    - ${program.run} validate --format codequality > gl-code-quality-report.json || { ${program.run} validate; exit 1; }
    - ${program.run} generate --check
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`;
}

interface Program {
  /** `before_script`, if anything has to be done before. */
  readonly prepare: string;
  /** How the job's script starts it. */
  readonly run: string;
}

/** A folder of the project as it is; another repository at the very commit, fetched alone. */
function programOf({ uses, version }: ActionReference): Program {
  if (uses.startsWith("./"))
    return { prepare: "", run: `node ${shellQuoted(`${uses.replace(/\/$/, "")}/${PROGRAM}`)}` };
  const [, repository = "", folder = "", ref = ""] =
    /^(https?:\/\/[^/]+\/[\w.-]+\/[\w.-]+)((?:\/[\w.-]+)*)@(\S+)$/.exec(uses) ?? [];
  const comment = version === null ? "" : ` # ${plainText(version)}`;
  return {
    prepare: `  before_script:
    - git init --quiet /tmp/partwatch
    - git -C /tmp/partwatch remote add origin ${shellQuoted(`${repository}.git`)}
    - git -C /tmp/partwatch fetch --quiet --depth 1 origin ${shellQuoted(ref)}${comment}
    - git -C /tmp/partwatch checkout --quiet --detach FETCH_HEAD
`,
    run: `node ${shellQuoted(`/tmp/partwatch${folder}/${PROGRAM}`)}`,
  };
}

const PROGRAM = "dist/cli.mjs";

function jobText({ runsOn, environment, timeoutMinutes }: WorkflowSettings): string {
  // Its variables are for this job; nothing is deployed.
  const scope = environment === null ? "" : `  environment:\n    name: ${quoted(environment)}\n    action: access\n`;
  return `${tagsText(runsOn)}${scope}  timeout: ${timeoutMinutes} minutes\n`;
}

/** `ubuntu-latest` is GitHub's: where nobody names a runner, the project's own choice counts. */
function tagsText(runsOn: WorkflowSettings["runsOn"]): string {
  const tags = typeof runsOn === "string" ? [runsOn] : runsOn;
  return tags.includes("ubuntu-latest") ? "" : `  tags: [${tags.map(quoted).join(", ")}]\n`;
}

/** What these settings ask for and a job of GitLab does not have. */
export function gitlabProblems({ workflow, shards }: GitlabConfig): readonly Problem[] {
  const problem = (path: string, message: string): Problem => ({ file: "partwatch.yaml", path, message });
  const { uses } = workflow.action;
  return [
    ...(workflow.condition === null
      ? []
      : [problem("workflow.if", "is an expression of GitHub; on GitLab, deactivate the pipeline schedule instead.")]),
    ...(workflow.stepsBefore.length === 0
      ? []
      : [
          problem(
            "workflow.steps_before",
            "are steps of GitHub's workflows; on GitLab, write a before_script for the job partwatch into .gitlab-ci.yml.",
          ),
        ]),
    ...(uses.startsWith("docker:")
      ? [problem("workflow.action", `"${uses}" is a container; GitLab needs the repository or a folder of Partwatch.`)]
      : []),
    ...(shards > 1
      ? [{ ...problem("shards", "has no effect on GitLab: one job checks all lists."), severity: "warning" as const }]
      : []),
  ];
}

function shellQuoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
