// The release, rehearsed by an engine in a copy of a small repository: its own scripts and steps, with stand-ins for GitHub's actions
// and programs that write down how they were called.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { needs } from "../support/needs.ts";
import { openRehearsal } from "../support/release-rehearsal.ts";
import { findTool } from "../support/tools.ts";

const ROOT = join(import.meta.dirname, "../..");
const WORKFLOW = ".github/workflows/release.yml";
const act = findTool("act");
const text = await readFile(join(ROOT, WORKFLOW), "utf8");

describe("the release", () => {
  const { jobs, permissions } = parse(text);

  it("gives a token that may change something to no job that runs the packages of tests", () => {
    expect(permissions).toEqual({});
    expect(jobs.build.permissions).toEqual({ contents: "read" });
    expect(jobs.release.permissions).toEqual({ contents: "write", "id-token": "write", attestations: "write" });
    expect(jobs.npm.permissions).toEqual({ "id-token": "write" });
    expect(text).not.toMatch(/secrets\./);
    expect(text.match(/uses: (?!\S+@[0-9a-f]{40} # v\d)\S+/g)).toBeNull();
  });

  it("publishes to npm only once the owner has turned that on, behind the environment's gate", () => {
    expect(jobs.npm).toMatchObject({
      needs: "release",
      environment: "npm",
      if: expect.stringContaining("vars.NPM_PUBLISH == 'on'"),
    });
  });
});

describe("the release, rehearsed", needs("act", act !== undefined), () => {
  it("tests, packs, attests and releases what the tag names, moves v1, and proposes the default action; npm is off", async () => {
    await using rehearsal = await openRehearsal(act ?? "", "1.2.3");
    const { code, log } = await rehearsal.run("v1.2.3");
    expect(code, log).toBe(0);
    const calls = await rehearsal.calls();
    expect(calls).toEqual([
      "bash .ci/run",
      "npm pack",
      "attest release/partwatch-1.2.3.tgz",
      "gh release create v1.2.3 --latest with partwatch-1.2.3.tgz: What is new.",
      "gh api v1",
      "npm ci --ignore-scripts",
      "npm run default-action v1.2.3",
      "gh pr create default-action-v1.2.3",
    ]);
  });

  it("of a pre-release leaves v1 and the default action where they are, and publishes as next where npm is on", async () => {
    await using rehearsal = await openRehearsal(act ?? "", "1.3.0-rc.1");
    const { code, log } = await rehearsal.run("v1.3.0-rc.1", ["--var", "NPM_PUBLISH=on"]);
    expect(code, log).toBe(0);
    expect(await rehearsal.calls()).toEqual([
      "bash .ci/run",
      "npm pack",
      "attest release/partwatch-1.3.0-rc.1.tgz",
      "gh release create v1.3.0-rc.1 --prerelease with partwatch-1.3.0-rc.1.tgz: What is new.",
      "npm publish next",
    ]);
  });

  it("of a tag that is not the version does nothing at all", async () => {
    await using rehearsal = await openRehearsal(act ?? "", "1.2.3");
    expect((await rehearsal.run("v1.2.4")).code).not.toBe(0);
    expect(await rehearsal.calls()).toEqual([]);
  });
});
