import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { configFrom } from "../../../src/core/settings/config.ts";
import { DEFAULT_ACTION, withProgramAction } from "../../../src/core/settings/workflow-settings.ts";
import { filesFor, monitor, PINNED, runText, scheduleOf } from "./sample.ts";

const action = `https://git.example.com/${PINNED}`;
const berlin = monitor({ timezone: "Europe/Berlin" });

describe.each(["gitea", "forgejo"] as const)("the workflows for %s", (target) => {
  const { files, problems } = filesFor([berlin, monitor({ file: "monitors/b.yaml", cron_schedule: "0 5 * * *" })], {
    schedule: { target },
    workflow: { action, runs_on: "docker" },
  });
  const text = files.get(".github/workflows/partwatch.yml") ?? "";
  const pullRequest = files.get(".github/workflows/partwatch-pull-request.yml") ?? "";

  it("name the zone within the cron, since a timezone beside it is ignored", () => {
    expect(scheduleOf(text)).toEqual([
      { cron: "0 5 * * *" },
      { cron: "23 */6 * * *" },
      { cron: "TZ=Europe/Berlin 10 7 * * 1-5" },
    ]);
    // Minute 0 is late on GitHub alone.
    expect(problems).toEqual([]);
  });

  it("start by nothing that this forge does not have, and are granted the same", () => {
    const { on, jobs } = parse(text);
    expect(Object.keys(on)).toEqual(["schedule", "push", "workflow_dispatch"]);
    expect(jobs.check.permissions).toEqual({ contents: "write" });
    expect(jobs.check).not.toHaveProperty("environment");
    expect(text).not.toMatch(/GitHub|repository_dispatch/);
  });

  it("give every action its full address, and keep no credentials in a checkout", () => {
    const jobs = [text, pullRequest].flatMap((one) => Object.values<{ steps: { uses: string }[] }>(parse(one).jobs));
    const uses = new Set(jobs.flatMap(({ steps }) => steps.map((step) => step.uses)));
    expect([...uses].map((one) => one.replace(/@.*/, ""))).toEqual([
      "https://github.com/actions/checkout",
      "https://git.example.com/acme/partwatch",
    ]);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(1);
  });

  it("check out the past of a pull request, whose checkout is not the merge, on the runner of the checks", () => {
    expect(pullRequest.match(/fetch-depth: 0/g)).toHaveLength(2);
    expect(parse(pullRequest).jobs.validate["runs-on"]).toBe("docker");
  });
});

describe("where workflows stand", () => {
  it.each([".gitea", ".forgejo"] as const)(
    "is %s where somebody asks for it; a change there is validated",
    (folder) => {
      const { files } = filesFor([monitor()], { schedule: { target: "forgejo" }, workflow: { action, folder } });
      expect([...files.keys()]).toEqual([
        `${folder}/workflows/partwatch-pull-request.yml`,
        `${folder}/workflows/partwatch.yml`,
      ]);
      const pullRequest = parse(files.get(`${folder}/workflows/partwatch-pull-request.yml`) ?? "");
      expect(pullRequest.on.pull_request.paths).toContain(`${folder}/workflows/partwatch*.yml`);
    },
  );

  it("is .github/workflows on GitHub, whatever folder is named", () => {
    expect([...filesFor([monitor()], { workflow: { folder: ".gitea" } }).files.keys()]).toEqual([
      ".github/workflows/partwatch-pull-request.yml",
      ".github/workflows/partwatch.yml",
    ]);
  });
});

describe("what is said of settings that another forge reads otherwise", () => {
  const said = (config: Parameters<typeof filesFor>[1]) =>
    filesFor([monitor()], config).problems.map(({ path, message }) => `${path} ${message}`);

  it("an action without a server, which the forge's settings choose", () => {
    expect(said({ schedule: { target: "forgejo" }, workflow: { action: PINNED.replace(/ #.*/, "") } })).toEqual([
      expect.stringMatching(/^workflow\.action ".*" names no server.*"https:\/\/github\.com\/acme\/partwatch@/),
    ]);
    expect(said({ workflow: { action } })).toEqual([expect.stringMatching(/^workflow\.action .* is not an action/)]);
  });

  it("an environment, which Gitea does not have", () => {
    const config = { schedule: { target: "gitea" }, workflow: { action, environment: "stock" } } as const;
    expect(said(config)).toEqual([expect.stringMatching(/^workflow\.environment Gitea has no environments/)]);
    expect(runText([monitor()], config)).not.toContain("environment");
  });
});

describe("the action where partwatch.yaml names none", () => {
  it("has the server from which the running Partwatch was cloned", () => {
    const { workflow } = configFrom({ schedule: { target: "gitea" } });
    expect(workflow.action.uses).toBe(`https://github.com/${DEFAULT_ACTION.replace(/ #.*/, "")}`);
    const program = { action: PINNED, server: "https://git.example.com" };
    expect(withProgramAction(workflow, program).action.uses).toBe(action.replace(/ #.*/, ""));
    expect(withProgramAction(workflow, { action: "./partwatch" }).action.uses).toBe("./partwatch");
    expect(withProgramAction(configFrom({}).workflow, program).action.uses).toBe(PINNED.replace(/ #.*/, ""));
  });
});

describe("the jobs for GitLab", () => {
  const config = { schedule: { target: "gitlab" }, workflow: { action: PINNED } } as const;
  const { files, problems } = filesFor([berlin], config);
  const text = files.get(".gitlab/partwatch.yml") ?? "";
  const jobs = parse(text);

  it("are one file to be included, which says what to set once; nothing of the lists is in it", () => {
    expect([...files.keys()]).toEqual([".gitlab/partwatch.yml"]);
    expect(problems).toEqual([]);
    expect(text).toContain("#     - local: .gitlab/partwatch.yml");
    expect(text).toContain("Pipeline schedules: 7,22,37,52 * * * * (UTC), target branch main;");
    expect(filesFor([monitor({ cron_schedule: "1 1 1 1 *" })], config).files).toEqual(files);
  });

  it("fetch the very commit of Partwatch, and run on the default branch with the job's own token", () => {
    const { before_script: before } = jobs[".partwatch"];
    const [commit = ""] = /[0-9a-f]{40}/.exec(PINNED) ?? [];
    expect(before.slice(1, 3)).toEqual([
      "git -C /tmp/partwatch remote add origin https://github.com/acme/partwatch.git",
      `git -C /tmp/partwatch fetch --quiet --depth 1 origin ${commit}`,
    ]);
    expect(jobs.partwatch.script).toEqual([
      'git remote set-url origin "$CI_REPOSITORY_URL"',
      'git switch --quiet --force-create "$CI_COMMIT_BRANCH"',
      "node /tmp/partwatch/dist/cli.mjs run",
    ]);
    expect(jobs.partwatch).toMatchObject({ resource_group: "partwatch", timeout: "15 minutes" });
    expect(configFrom(config).state).toEqual({ branch: "partwatch-state", remote: "origin" });
  });

  it("validate merge requests with problems at their lines, without a job where nobody wants it", () => {
    expect(jobs["partwatch-validate"].artifacts.reports).toEqual({ codequality: "gl-code-quality-report.json" });
    const none = filesFor([berlin], { ...config, workflow: { action: PINNED, pull_request: { active: false } } });
    expect(none.files.get(".gitlab/partwatch.yml")).not.toContain("partwatch-validate");
  });

  it("take a folder of the project, tags and an environment", () => {
    const workflow: ConfigFile["workflow"] = {
      action: "./tools/partwatch",
      runs_on: ["docker", "stock"],
      environment: "stock",
    };
    const own = parse(filesFor([berlin], { ...config, workflow }).files.get(".gitlab/partwatch.yml") ?? "");
    expect(own[".partwatch"]).not.toHaveProperty("before_script");
    expect(own.partwatch.script.at(-1)).toBe("node ./tools/partwatch/dist/cli.mjs run");
    expect(own.partwatch.tags).toEqual(["docker", "stock"]);
    expect(own.partwatch.environment).toEqual({ name: "stock", action: "access" });
  });

  it("cannot have what is GitHub's alone, and the problem says what to write", () => {
    const workflow = { action: PINNED, if: "vars.PARTWATCH == 'on'", steps_before: [{ run: "wg-quick up stock" }] };
    const schedule = { target: "gitlab", mode: "exact" } as const;
    expect(filesFor([berlin], { schedule, workflow, shards: 2 }).problems.map(({ path }) => path)).toEqual([
      "schedule.mode",
      "workflow.if",
      "workflow.steps_before",
      "shards",
    ]);
  });
});
