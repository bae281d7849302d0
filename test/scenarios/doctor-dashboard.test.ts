import { describe, expect, it } from "vitest";
import { closeAfterEach, githubApi, token } from "../support/github-api/fixture.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

closeAfterEach();

describe("doctor says of a dashboard that the workflow publishes", () => {
  it.each([
    ["public", "pages: true", "✓ Dashboard", "The workflow publishes the pages of a public repository."],
    [
      "private",
      "pages: true",
      "! Dashboard",
      "The repository is private, so the workflow refuses to publish its pages.",
    ],
    [
      "private",
      "pages: true, public: true",
      "! Dashboard",
      "The workflow publishes the pages of a private repository.",
    ],
    ["private", "pages: false", "", ""],
  ] as const)("what that means for a %s repository with %s", async (visibility, settings, mark, words) => {
    await using workspace = await openWorkspace({
      files: {
        "partwatch.yaml": `workflow: { action: "acme/partwatch@${"0".repeat(40)} # v1.0.0" }\ndashboard: { ${settings} }\n`,
        "monitors/board.yaml": boardList(),
      },
    });
    const github = await githubApi();
    github.world.workflows.visibility = visibility;
    const env = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: "acme/lists", GITHUB_API_URL: github.apiUrl };
    const { stdout } = await workspace.partwatch(["doctor", ...onDay(23)], { env });
    const said = stdout.replace(/\n {2,}/g, " ").split("\n");
    const lines = said.filter((line) => /^[✓!✗] Dashboard/u.test(line));
    if (mark === "") expect(lines).toEqual([]);
    else {
      expect(lines).toHaveLength(1);
      expect(lines[0]?.startsWith(mark)).toBe(true);
      expect(lines[0]).toContain(words);
    }
  });
});
