import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRunner, SECRETS } from "../../support/action.ts";
import { boardList } from "../../support/small-product.ts";

const PAGES = "dashboard: { pages: true }\n";

function files(config: string): Readonly<Record<string, string>> {
  return { "partwatch.yaml": config, "monitors/board.yaml": boardList({ description: "Ask kim@example.com." }) };
}

describe.concurrent("the action that writes the dashboard", () => {
  it("writes the pages of what the checks have recorded through the API, without a secret and without asking InvenTree", async () => {
    await using runner = await openRunner(files(PAGES));
    runner.github.world.workflows.visibility = "public";
    await runner.run({ event: "schedule" });
    const asked = runner.inventree.requests().length;
    const { code, log } = await runner.run({ event: "schedule", beside: "dashboard" });
    expect({ code, log }).toMatchObject({ code: 0, log: expect.stringMatching(/partwatch-dashboard: \d+ files\./) });
    expect(runner.inventree.requests()).toHaveLength(asked);
    const page = await readFile(join(runner.root, "partwatch-dashboard/index.html"), "utf8");
    expect(page).toContain("Board batch");
    const list = await readFile(join(runner.root, "partwatch-dashboard/lists/board.html"), "utf8");
    expect(list).not.toContain("kim@example.com");
    for (const secret of Object.values(SECRETS)) expect(page + list).not.toContain(secret);
  });

  it.each(["private", "internal"] as const)(
    "refuses to publish a repository that is %s, unless partwatch.yaml says that everybody may read it",
    async (visibility) => {
      await using runner = await openRunner(files(PAGES));
      runner.github.world.workflows.visibility = visibility;
      await runner.run({ event: "schedule" });
      const refused = await runner.run({ event: "schedule", beside: "dashboard" });
      expect(refused).toMatchObject({ code: 1, annotations: [{ kind: "error" }] });
      expect(refused.annotations[0]?.message).toContain("dashboard: { pages: true, public: true }");
      await expect(readFile(join(runner.root, "partwatch-dashboard/index.html"))).rejects.toThrow();
      await runner.write("partwatch.yaml", "dashboard: { pages: true, public: true }\n");
      expect(await runner.run({ event: "schedule", beside: "dashboard" })).toMatchObject({ code: 0 });
    },
  );

  it("publishes nothing that partwatch.yaml does not ask for, or whose settings cannot be read", async () => {
    await using runner = await openRunner(files("timezone: UTC\n"));
    runner.github.world.workflows.visibility = "public";
    const unasked = await runner.run({ event: "schedule", beside: "dashboard" });
    expect(unasked.annotations[0]?.message).toContain("does not ask for published pages");
    await runner.write("partwatch.yaml", `${PAGES}state: 5\n`);
    const broken = await runner.run({ event: "schedule", beside: "dashboard" });
    expect(broken).toMatchObject({ code: 1 });
    expect(broken.annotations[0]?.message).toContain("partwatch.yaml cannot be used");
  });
});
