import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { configFrom } from "../../../src/core/settings/config.ts";
import { workflowFiles } from "../../../src/core/workflow/workflow.ts";

const PINNED = `acme/partwatch@${"1234567890".repeat(4)} # v1.0.0`;

function filesOf(file: ConfigFile) {
  const config = configFrom({ dashboard: { pages: true }, ...file });
  return workflowFiles({ monitors: [], config });
}

function jobs(file: ConfigFile) {
  return parse(filesOf(file).files.get(".github/workflows/partwatch.yml") ?? "").jobs;
}

describe("a workflow that publishes the dashboard", () => {
  it("does so in a second job, with no secret, the least permissions, and pinned actions", () => {
    const { check, publish, ...others } = jobs({ workflow: { action: PINNED } });
    expect(others).toEqual({});
    expect(check.permissions).toEqual({ contents: "write" });
    expect(publish.permissions).toEqual({ contents: "read", pages: "write", "id-token": "write" });
    expect(JSON.stringify(publish)).not.toContain("secrets.");
    const uses: string[] = publish.steps.map(({ uses: one }: { readonly uses: string }) => one);
    expect(uses.map((one) => one.split("@")[0])).toEqual([
      "actions/checkout",
      "acme/partwatch/dashboard",
      "actions/upload-pages-artifact",
      "actions/deploy-pages",
    ]);
    for (const one of uses) expect(one).toMatch(/@[0-9a-f]{40}$/);
    expect(publish.steps[0].with).toEqual({
      "persist-credentials": false,
      "sparse-checkout": "/monitors/\n/partwatch.yaml\n",
      "sparse-checkout-cone-mode": false,
    });
  });

  it("publishes from the default branch, after checks that failed too, and not where nothing was due", () => {
    const one = jobs({ workflow: { action: PINNED, branch: "trunk" } });
    expect(one.publish.if).toBe(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
      "${{ !cancelled() && needs.check.result != 'skipped' && github.ref_name == 'trunk' && needs.check.outputs.checked != '0' }}",
    );
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours.
    expect(one.check.outputs).toEqual({ checked: "${{ steps.check.outputs.checked }}" });
    const several = jobs({ workflow: { action: PINNED }, shards: 2 });
    expect(several.publish.if).not.toContain("outputs");
    expect(several.check.outputs).toBeUndefined();
  });

  it("has no second job unless it is asked for", () => {
    expect(Object.keys(jobs({ workflow: { action: PINNED }, dashboard: {} }))).toEqual(["check"]);
  });

  it("has the action of this repository, which is then checked out whole", () => {
    const { publish } = jobs({ workflow: { action: "./" } });
    expect(publish.steps[1].uses).toBe("./dashboard");
    expect(publish.steps[0].with).toEqual({ "persist-credentials": false });
  });

  it.each(["gitea", "forgejo", "gitlab", "ghes"] as const)("is refused on %s, which has no such pages", (target) => {
    const { problems } = filesOf({ schedule: { target } });
    expect(problems.filter(({ path }) => path === "dashboard.pages")).toMatchObject([
      { message: expect.stringContaining("docs/dashboard.md") },
    ]);
  });
});
