import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ConfigFile } from "../../../src/core/generated/config.ts";
import { filesFor, monitor, runText } from "./sample.ts";

const BERLIN = { label: "berlin", url_env: "BERLIN_URL", token_env: "BERLIN_TOKEN" };
const MUNICH = { label: "munich", url_env: "MUNICH_URL", token_env: "MUNICH_TOKEN" };
const here = monitor({ instance: "default" });
const there = monitor({ file: "monitors/b.yaml", instance: "berlin" });

interface Job {
  readonly name: string;
  readonly strategy?: { readonly "fail-fast": boolean; readonly matrix: Record<string, readonly string[]> };
  readonly steps: readonly { readonly with: Record<string, string>; readonly env: Record<string, string> }[];
}

function jobOf(monitors: Parameters<typeof runText>[0], config: ConfigFile): Job {
  return parse(runText(monitors, config)).jobs.check;
}

function stepOf(monitors: Parameters<typeof runText>[0], config: ConfigFile) {
  const step = jobOf(monitors, config).steps.at(-1);
  if (step === undefined) throw new Error("There is no step.");
  return step;
}

function expression(text: string): string {
  return `\${{ ${text} }}`;
}

describe("the workflow", () => {
  it("has one job where one server is named and nothing is shared", () => {
    const job = jobOf([here], {});
    expect(job.strategy).toBeUndefined();
    expect(job.name).toBe("Check what is due");
    const { with: inputs, env } = stepOf([here], {});
    expect(inputs).not.toHaveProperty("instance");
    expect(inputs).not.toHaveProperty("shard");
    expect(env.INVENTREE_API_TOKEN).toBe(expression("secrets.INVENTREE_API_TOKEN"));
  });

  it("has a job for each server and shard; one that fails stops none of the others", () => {
    const config = { instances: [BERLIN], shards: 3 };
    const job = jobOf([here, there], config);
    expect(job.strategy).toEqual({
      "fail-fast": false,
      matrix: { instance: ["default", "berlin"], shard: ["1/3", "2/3", "3/3"] },
    });
    expect(job.name).toBe(`Check what is due (${expression("matrix.instance")}, ${expression("matrix.shard")})`);
    expect(stepOf([here, there], config).with).toMatchObject({
      instance: expression("matrix.instance"),
      shard: expression("matrix.shard"),
    });
  });

  it("shares the monitors of one server as well", () => {
    const job = jobOf([here], { shards: 2 });
    expect(job.strategy?.matrix).toEqual({ shard: ["1/2", "2/2"] });
    expect(stepOf([here], { shards: 2 }).with).not.toHaveProperty("instance");
    expect(stepOf([here], { shards: 2 }).env.INVENTREE_URL).toBe(
      expression("vars.INVENTREE_URL || secrets.INVENTREE_URL"),
    );
  });

  it("has no job for the server of the fixed names where lists use other ones alone", () => {
    const job = jobOf([there], { instances: [BERLIN, MUNICH] });
    expect(job.strategy?.matrix).toEqual({ instance: ["berlin", "munich"] });
    const { env } = stepOf([there], { instances: [BERLIN, MUNICH] });
    expect(env).not.toHaveProperty("INVENTREE_URL");
    expect(env).not.toHaveProperty("INVENTREE_API_TOKEN");
  });

  it("takes lists without a server for those of the default that partwatch.yaml names", () => {
    const config = { instance: "munich", instances: [MUNICH] };
    expect(jobOf([monitor()], config).strategy).toBeUndefined();
    expect(stepOf([monitor()], config).env).toMatchObject({
      MUNICH_URL: expression("vars.MUNICH_URL || secrets.MUNICH_URL"),
      MUNICH_TOKEN: expression("secrets.MUNICH_TOKEN"),
    });
  });

  it("hands each job the address and token of its own server, and of no other", () => {
    const { env } = stepOf([here, there], { instances: [BERLIN] });
    expect(env.BERLIN_TOKEN).toBe(expression("matrix.instance == 'berlin' && secrets.BERLIN_TOKEN || ''"));
    expect(env.BERLIN_URL).toBe(
      expression("matrix.instance == 'berlin' && (vars.BERLIN_URL || secrets.BERLIN_URL) || ''"),
    );
    expect(env.INVENTREE_API_TOKEN).toBe(
      expression("matrix.instance == 'default' && secrets.INVENTREE_API_TOKEN || ''"),
    );
  });

  it("hands over a variable that servers share once, to those that share it", () => {
    const twin = { ...MUNICH, url_env: BERLIN.url_env };
    const { env } = stepOf([here], { instances: [BERLIN, twin] });
    expect(env.BERLIN_URL).toMatch(
      /^\$\{\{ \(matrix\.instance == 'berlin' \|\| matrix\.instance == 'munich'\) && \(vars/,
    );
    expect(runText([here], { instances: [BERLIN, twin] }).match(/^ {10}BERLIN_URL:/gm)).toHaveLength(1);
  });

  it("is refused where GitHub would not start so many jobs", () => {
    const instances = Array.from({ length: 9 }, (_, at) => ({
      label: `s${at}`,
      url_env: `URL_${at}`,
      token_env: `TOKEN_${at}`,
    }));
    expect(filesFor([], { instances, shards: 28 }).problems).toEqual([]);
    expect(filesFor([here], { instances, shards: 28 }).problems).toMatchObject([
      { file: "partwatch.yaml", path: "shards", message: expect.stringMatching(/^280 jobs .* at most 256/) },
    ]);
  });
});
