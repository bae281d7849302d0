import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { isGenerated } from "../../../src/core/workflow/workflow.ts";
import { cases } from "../../support/cases.ts";
import { filesFor, monitor, PINNED, PULL_REQUEST_FILE, RUN_FILE, runText } from "./sample.ts";

const pullRequestText = (config: ConfigFile = {}) => filesFor([monitor()], config).files.get(PULL_REQUEST_FILE) ?? "";
const usesIn = (text: string) => [...text.matchAll(/uses: (.*)/g)].map(([, uses]) => uses);

describe("the workflow that checks what is due", () => {
  const text = runText([monitor()]);
  const workflow = parse(text);
  const { check } = workflow.jobs;

  it("starts on the schedule, on a push of monitors or settings to the default branch, by hand and by dispatch", () => {
    expect(Object.keys(workflow.on)).toEqual(["schedule", "push", "workflow_dispatch", "repository_dispatch"]);
    expect(workflow.on.push).toEqual({ branches: ["main"], paths: ["monitors/**", "partwatch.yaml"] });
    expect(workflow.on.repository_dispatch).toEqual({ types: ["partwatch-check"] });
    expect(Object.keys(workflow.on.workflow_dispatch.inputs)).toEqual([
      "monitor",
      "force",
      "dry_run",
      "test_mail",
      "accept_state",
    ]);
  });

  it("is granted nothing but writing contents, and says why", () => {
    expect(workflow.permissions).toEqual({});
    expect(check.permissions).toEqual({ contents: "write" });
    expect(text).toMatch(/contents: write # \S/);
  });

  it("never ends a run for a newer one, queues scheduled runs, and loses none that somebody asked for", () => {
    expect(Object.keys(workflow.concurrency)).toEqual(["group"]);
    expect(workflow.concurrency.group).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
      "partwatch-${{ endsWith(github.event_name, '_dispatch') && github.run_id || 'due' }}",
    );
  });

  it("pins every action by commit, with the version behind", () => {
    const uses = usesIn(text);
    expect(uses).toHaveLength(2);
    for (const use of uses) expect(use).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(uses).toContain(PINNED);
  });

  it("leaves no credentials in the checkout and no run without an end", () => {
    expect(check.steps[0].with).toEqual({ "persist-credentials": false });
    expect(check["timeout-minutes"]).toBe(15);
    expect(check["runs-on"]).toBe("ubuntu-latest");
    expect(check).not.toHaveProperty("environment");
    expect(check).not.toHaveProperty("if");
  });

  it("has a pull request validated that changes the mails' template", () => {
    const { on } = parse(pullRequestText({ mail: { template: "templates/report.mjml" } }));
    expect(on.pull_request.paths).toContain("templates/report.mjml");
  });

  it("hands over the variables of OAuth2 and DKIM where partwatch.yaml has them used, the secret ones from secrets only", () => {
    const before = runText([monitor()]).split("\n");
    const added = runText([monitor()], { mail: { oauth: true, dkim: true } })
      .split("\n")
      .filter((line) => !before.includes(line));
    const either = (name: string) => `          ${name}: \${{ vars.${name} || secrets.${name} }}`;
    const secret = (name: string) => `          ${name}: \${{ secrets.${name} }}`;
    expect(added).toEqual([
      ...["GRANT", "TOKEN_URL", "CLIENT_ID", "SCOPE"].map((name) => either(`EMAIL_OAUTH_${name}`)),
      ...["CLIENT_SECRET", "REFRESH_TOKEN", "PRIVATE_KEY"].map((name) => secret(`EMAIL_OAUTH_${name}`)),
      ...["DOMAIN", "SELECTOR"].map((name) => either(`EMAIL_DKIM_${name}`)),
      secret("EMAIL_DKIM_PRIVATE_KEY"),
    ]);
  });

  it("hands over the address of a watcher that a variable holds, from a secret, to the checks alone", () => {
    const heartbeat = { url_env: "PARTWATCH_HEARTBEAT_URL" };
    expect(runText([monitor()], { heartbeat })).toContain(
      `          PARTWATCH_HEARTBEAT_URL: \${{ secrets.PARTWATCH_HEARTBEAT_URL }}\n`,
    );
    expect(pullRequestText({ heartbeat })).not.toContain("HEARTBEAT");
    expect(runText([monitor()], { heartbeat: { url: "https://checks.example.com/ping/x" } })).toBe(text);
  });

  it("reads passwords from secrets only, everything else from variables or secrets, all by name", () => {
    const named = (name: string) => `\${{ vars.${name} || secrets.${name} }}`;
    expect(check.steps.at(-1).env).toEqual({
      INVENTREE_URL: named("INVENTREE_URL"),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
      INVENTREE_API_TOKEN: "${{ secrets.INVENTREE_API_TOKEN }}",
      EMAIL_SMTP_SERVER: named("EMAIL_SMTP_SERVER"),
      EMAIL_SMTP_PORT: named("EMAIL_SMTP_PORT"),
      EMAIL_USE_TLS: named("EMAIL_USE_TLS"),
      EMAIL_USE_SSL: named("EMAIL_USE_SSL"),
      EMAIL_USERNAME: named("EMAIL_USERNAME"),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
      EMAIL_PASSWORD: "${{ secrets.EMAIL_PASSWORD }}",
      EMAIL_EHLO_NAME: named("EMAIL_EHLO_NAME"),
      EMAIL_SENDER_ADDRESS: named("EMAIL_SENDER_ADDRESS"),
      ADMIN_EMAIL_RECIPIENTS: named("ADMIN_EMAIL_RECIPIENTS"),
      GLOBAL_EMAIL_NOTIFICATIONS_ENABLED: named("GLOBAL_EMAIL_NOTIFICATIONS_ENABLED"),
    });
  });

  it("hands what was typed to the action, and never to a shell", () => {
    expect(check.steps.at(-1).with).toEqual({
      command: "run",
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not ours.
      monitors: "${{ inputs.monitor }}",
      force: "${{ inputs.force }}",
      "dry-run": "${{ inputs.dry_run }}",
      "accept-state": "${{ inputs.accept_state }}",
      "test-mail": "${{ inputs.test_mail }}",
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not ours.
    });
    expect(text).not.toMatch(/^\s+(?:- )?run:/m);
    expect(text).not.toMatch(/\$\{\{[^}]*client_payload/);
  });

  it("bears the mark of the generator on its first line", () => {
    expect(isGenerated(text)).toBe(true);
    expect(isGenerated(`\n${text}`)).toBe(false);
    expect(isGenerated("name: CI\n")).toBe(false);
  });
});

describe("the settings of the workflow", () => {
  it("choose runner, environment, branch, time-out and condition", () => {
    const text = runText([monitor()], {
      workflow: {
        runs_on: ["self-hosted", "linux", "lab: 2", "a,b]", "true", "Null", "12"],
        environment: 'the "lab"',
        branch: "trunk",
        timeout_minutes: 40,
        if: "vars.PARTWATCH == 'on'",
      },
    });
    const workflow = parse(text);
    expect(workflow.jobs.check).toMatchObject({
      "runs-on": ["self-hosted", "linux", "lab: 2", "a,b]", "true", "Null", "12"],
      environment: 'the "lab"',
      "timeout-minutes": 40,
      if: "vars.PARTWATCH == 'on'",
    });
    expect(workflow.on.push.branches).toEqual(["trunk"]);
  });

  it("put steps between the checkout and the checks, as they were written, with the version behind a pin", () => {
    const pin = `acme/vpn@${"a".repeat(40)}`;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
    const settings = { key: "${{ secrets.VPN_KEY }}", quiet: "on", uses: "a # b" };
    const vpn = { name: "VPN: join", uses: `${pin} # v3`, with: settings };
    const script = { name: "Wait", run: "echo one\n\n  echo two\n", shell: "bash" };
    const text = runText([monitor()], { workflow: { steps_before: [vpn, script, { uses: pin, with: settings }] } });
    const { steps } = parse(text).jobs.check;
    expect(steps.slice(1, -1)).toEqual([{ ...vpn, uses: pin }, script, { uses: pin, with: settings }]);
    expect(text).toContain(`        uses: ${pin} # v3\n`);
    expect(text).not.toMatch(/[&*]a1/); // an anchor
  });

  it("take steps of any content without changing it", () => {
    const word = fc.stringMatching(/^[a-z_]{1,8}$/);
    const value = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.boolean(),
      fc.integer(),
      fc.constantFrom("on", "1e3", "~", "a: b", "# x", " "),
    );
    const step = fc.record({ run: fc.string({ unit: "grapheme", minLength: 1 }), env: fc.dictionary(word, value) });
    const law = fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), (steps) => {
      const text = runText([monitor()], { workflow: { steps_before: steps } });
      expect(parse(text).jobs.check.steps.slice(1, -1)).toEqual(steps);
    });
    fc.assert(law, cases(300));
  });

  it("take another checkout and this repository's own action", () => {
    const workflow = { action: "./", checkout: `mirror/checkout@${"c".repeat(40)} # v9` };
    expect(usesIn(runText([], { workflow }))).toEqual([
      `mirror/checkout@${"c".repeat(40)} # v9`,
      "./ # zizmor: ignore[self-repository]",
    ]);
    expect(filesFor([], { workflow }).problems).toEqual([]);
  });

  it.each([
    ["an action that is not pinned", { action: "acme/partwatch@v1" }, "workflow.action", "warning"],
    ["a checkout that is not pinned", { checkout: "actions/checkout@v6" }, "workflow.checkout", "warning"],
    [
      "a step that is not pinned",
      { steps_before: [{ uses: "acme/vpn@main" }] },
      "workflow.steps_before[0].uses",
      "warning",
    ],
    ["a pin without its version", { action: `acme/partwatch@${"a".repeat(40)}` }, "workflow.action", "warning"],
    ["an action of no certain commit", { action: "acme/partwatch" }, "workflow.action", undefined],
    ["something that is no action", { action: "acme/x@$(id)\n- run: id" }, "workflow.action", undefined],
    ["a step that does nothing", { steps_before: [{ name: "x" }] }, "workflow.steps_before[0]", undefined],
    [
      "a step that does two things",
      { steps_before: [{ uses: "./x", run: "x" }] },
      "workflow.steps_before[0]",
      undefined,
    ],
  ])("say what is wrong with %s", (_, workflow, path, severity) => {
    const { problems } = filesFor([], { workflow });
    expect(problems.map((problem) => [problem.file, problem.path, problem.severity])).toEqual([
      ["partwatch.yaml", path, severity],
    ]);
  });

  it("are better with an action of one's own choice", () => {
    const { problems, files } = filesFor([], { workflow: { action: undefined } as ConfigFile["workflow"] & object });
    expect(problems).toMatchObject([{ path: "workflow.action", severity: "warning" }]);
    expect(usesIn(files.get(RUN_FILE) ?? "")[1]).toMatch(/@[0-9a-f]{40} # v/);
  });
});

describe("names that other people chose", () => {
  it.each([
    ["a line break", "Board\n    - cron: '* * * * *'"],
    ["a carriage return", "Board\r  evil: true"],
    ["line separators of Unicode", "Board\u2028x: 1\u2029y: 2\u0085z: 3"],
    ["a reversed direction", "Board \u202Etxt"],
    ["a lone surrogate and a null", "Board \uD800 \u0000"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
    ["an expression", "Board ${{ secrets.EMAIL_PASSWORD }}"],
  ])("cannot change the workflow with %s", (_, name) => {
    const text = runText([monitor({ name })]);
    expect(parse(text)).toEqual(parse(runText([monitor()])));
    expect(text.split(/\r\n|[\n\r\u0085\u2028\u2029]/)).toHaveLength(runText([monitor()]).split("\n").length);
    for (const character of ["\u0000", "\u202E", "\uD800"]) expect(text).not.toContain(character);
  });

  it("cannot change it, whatever they are", () => {
    const plain = runText([monitor()]);
    const law = fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const text = runText([monitor({ name })]);
      expect(parse(text)).toEqual(parse(plain));
      expect(text.split("\n")).toHaveLength(plain.split("\n").length);
    });
    fc.assert(law, cases(300));
  });

  it("are cut where they are long", () => {
    const text = runText([monitor({ name: "x".repeat(200) })]);
    expect(text).toContain(`# monitors/a.yaml: ${"x".repeat(79)}…\n`);
  });
});

describe("the workflow that validates pull requests", () => {
  const text = pullRequestText();
  const workflow = parse(text);

  it("starts where monitors, settings or our workflows change, from forks as well", () => {
    expect(workflow.on).toEqual({
      pull_request: { paths: ["monitors/**", "partwatch.yaml", ".github/workflows/partwatch*.yml"] },
    });
  });

  it("needs no secret and may only read", () => {
    expect(JSON.stringify(workflow.jobs.validate)).not.toMatch(/secrets|vars\.|"env"/);
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.validate.permissions).toEqual({ contents: "read" });
    expect(workflow.jobs.validate.steps[0].with).toEqual({ "persist-credentials": false, "fetch-depth": 2 });
  });

  it("validates, and compares the workflows even where validation found something", () => {
    const [, validate, compare] = workflow.jobs.validate.steps;
    expect(validate.with).toEqual({ command: "validate" });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
    expect(compare).toMatchObject({ if: "${{ !cancelled() }}", with: { command: "generate-check" } });
  });

  it("is absent where it is switched off", () => {
    expect([...filesFor([], { workflow: { pull_request: { active: false } } }).files.keys()]).toEqual([RUN_FILE]);
  });

  it("runs on GitHub's own machines although the checks do not, but on the checks' where there are no others", () => {
    const workflow = { runs_on: "lab" };
    const runner = (config: ConfigFile) => parse(pullRequestText(config)).jobs.validate["runs-on"];
    expect(runner({ workflow })).toBe("ubuntu-latest");
    expect(runner({ workflow, schedule: { target: "ghes" } })).toBe("lab");
    expect(runner({ workflow: { pull_request: { runs_on: "small" } } })).toBe("small");
  });
});
