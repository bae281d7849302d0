import { describe, expect, it } from "vitest";
import { NO_SETTINGS, openRunner, SECRETS } from "../../support/action.ts";
import { board, mails } from "../../support/action-lists.ts";
import { startGitea } from "../../support/gitea/server.ts";

const byHand = { event: "workflow_dispatch", inputs: { "test-mail": "true" } };

describe("a run by hand with test-mail", () => {
  it("examines the setup, sends the admins a test mail, checks no list and records nothing", async () => {
    await using runner = await openRunner(board);
    const { code, outputs, summary, log } = await runner.run(byHand);
    expect({ code, failed: outputs.failed }, log).toEqual({ code: 0, failed: "0" });
    expect(mails(runner)).toEqual([["admin@example.com", "[Partwatch] Test mail"]]);
    expect(summary).toMatch(/^## Partwatch: setup\n\nEverything works\. No list was checked\.\n/);
    expect(summary).toMatch(
      /\n\| ✓ \| Mail \| The test mail was accepted for ADMIN\\_EMAIL\\_RECIPIENTS: check that it arrives\. \|/,
    );
    expect(summary).toMatch(/\n\| ✓ \| InvenTree \| INVENTREE\\_URL answers; /);
    // Anybody may read the runs of a public repository.
    for (const place of ["admin", "example.com", runner.inventree.url.slice(7)]) {
      expect(summary).not.toContain(place);
      expect(log.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(place);
    }
    expect(summary).toMatch(/\n\| ✓ \| InvenTree \| /);
    expect(summary).not.toMatch(/GITHUB_TOKEN/);
    expect(await runner.commits()).toEqual([]);
    for (const secret of Object.values(SECRETS)) expect(summary).not.toContain(secret);
    expect(log.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(SECRETS.password);
  });

  it("names every setting that is missing, and where they are set", async () => {
    await using runner = await openRunner(board);
    const { code, outputs, summary, annotations } = await runner.run({ ...byHand, env: NO_SETTINGS });
    const run = await runner.run({ event: "schedule", env: NO_SETTINGS });
    expect(run.summary.match(/^- [A-Z_\\]+: is not set/gm)).toHaveLength(4);
    expect(code).toBe(1);
    expect(Number(outputs.failed)).toBeGreaterThanOrEqual(4);
    for (const name of ["INVENTREE_URL", "INVENTREE_API_TOKEN", "EMAIL_SMTP_SERVER", "EMAIL_SENDER_ADDRESS"]) {
      expect(summary).toMatch(
        new RegExp(`\\| ✗ \\| (?:InvenTree|Mail) \\| \\*\\*${name}: is not set`.replaceAll("_", "\\\\?_")),
      );
      expect(annotations.map(({ message }) => message).join("\n")).toContain(`${name}: is not set`);
    }
    const page = "https://github.com/acme/lists/settings/secrets/actions";
    expect(summary).toContain(`[the repository's settings](${page})`);
    expect(mails(runner)).toEqual([]);
    expect(runner.sink.connections()).toBe(0);
  });

  it("says in the log what is wrong where nobody sees a summary", async () => {
    await using runner = await openRunner({ ...board, "partwatch.yaml": "schedule: { target: gitea }\n" });
    await using gitea = await startGitea(runner.github.world, { token: SECRETS.github });
    await runner.git("remote", "add", "origin", `${gitea.url}/acme/lists`);
    const { log } = await runner.run({ ...byHand, env: { ...gitea.env, INVENTREE_API_TOKEN: "" } });
    expect(log).toMatch(/✗ InvenTree: INVENTREE_API_TOKEN: is not set/);
    expect(log).toContain(`Secrets and variables are set at ${gitea.url}/acme/lists/settings/actions/secrets.`);
    expect(mails(runner)).toHaveLength(1);
  });
});
