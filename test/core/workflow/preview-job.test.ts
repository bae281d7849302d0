import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { filesFor, monitor, PINNED, PULL_REQUEST_FILE } from "./sample.ts";

const textFor = (config: ConfigFile = {}) => filesFor([monitor()], config).files.get(PULL_REQUEST_FILE) ?? "";
const jobFor = (config: ConfigFile = {}) => parse(textFor(config)).jobs.preview;
const SAME = "github.event.pull_request.head.repo.full_name == github.repository";

describe("the job that shows what a pull request does", () => {
  it("runs for branches of this repository only", () => {
    expect(jobFor().if).toBe(SAME);
    expect(jobFor({ workflow: { if: "vars.A || vars.B" } }).if).toBe(`${SAME} && (vars.A || vars.B)`);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
    expect(jobFor({ workflow: { if: "${{ vars.A }}" } }).if).toBe(`${SAME} && (vars.A)`);
  });

  it("may read contents and write to pull requests, and says why", () => {
    expect(jobFor().permissions).toEqual({ contents: "read", "pull-requests": "write" });
    expect(textFor()).toMatch(/contents: read # \S/);
    expect(textFor()).toMatch(/pull-requests: write # \S/);
  });

  it("checks out the base as well, and leaves no credentials", () => {
    expect(jobFor().steps[0].with).toEqual({ "persist-credentials": false, "fetch-depth": 2 });
  });

  it("gets the servers' secrets by name, and none for mails that it never sends", () => {
    const [, step] = jobFor().steps;
    expect(step).toMatchObject({ uses: PINNED.split(" ")[0], with: { command: "preview" } });
    expect(step.env).toEqual({
      // biome-ignore-start lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not ours.
      INVENTREE_URL: "${{ vars.INVENTREE_URL || secrets.INVENTREE_URL }}",
      INVENTREE_API_TOKEN: "${{ secrets.INVENTREE_API_TOKEN }}",
      GLOBAL_EMAIL_NOTIFICATIONS_ENABLED:
        "${{ vars.GLOBAL_EMAIL_NOTIFICATIONS_ENABLED || secrets.GLOBAL_EMAIL_NOTIFICATIONS_ENABLED }}",
      // biome-ignore-end lint/suspicious/noTemplateCurlyInString: GitHub's expressions, not ours.
    });
  });

  it("gets the secrets of every server, where there are several", () => {
    const instances = [{ label: "lab", url_env: "LAB_URL", token_env: "LAB_TOKEN" }];
    const own = { label: "default", url_env: "INVENTREE_URL", token_env: "INVENTREE_API_TOKEN" };
    const { env } = jobFor({ instances: [...instances, own] }).steps[1];
    expect(Object.keys(env)).toEqual(expect.arrayContaining(["INVENTREE_API_TOKEN", "LAB_URL", "LAB_TOKEN"]));
    // One job asks them all: no matrix could choose.
    expect(JSON.stringify(env)).not.toContain("matrix.");
  });

  it("runs where the checks run, with their environment and what stands before them", () => {
    const steps = [{ name: "VPN", run: "vpn up" }];
    const job = jobFor({ workflow: { runs_on: ["self-hosted", "lab"], environment: "stock", steps_before: steps } });
    expect(job).toMatchObject({ "runs-on": ["self-hosted", "lab"], environment: "stock", "timeout-minutes": 15 });
    expect(job.steps.map(({ name }: { name: string }) => name)).toEqual([
      "Check out the pull request",
      "VPN",
      "Show what the change does",
    ]);
  });

  it("is absent where it is switched off; the validation stays", () => {
    const { jobs } = parse(textFor({ workflow: { pull_request: { preview: false } } }));
    expect(Object.keys(jobs)).toEqual(["validate"]);
  });
});
