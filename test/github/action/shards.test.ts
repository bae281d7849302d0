import { expect, test } from "vitest";
import { openRunner } from "../../support/action.ts";
import { boardList } from "../../support/small-product.ts";

/** Of two shards a is in the first and c in the second. */
const FILES = {
  "partwatch.yaml": "shards: 2\ninstances: [{ label: berlin, url_env: BERLIN_URL, token_env: BERLIN_TOKEN }]\n",
  "monitors/a.yaml": boardList({ name: "List a" }),
  "monitors/c.yaml": boardList({ name: "List c" }),
  "monitors/there.yaml": boardList({ name: "List there", instance: "berlin" }),
};
// What the workflow hands to a job of another server.
const NOT_BERLIN = { BERLIN_URL: "", BERLIN_TOKEN: "" };

test("jobs of a matrix see to their own monitors, with the secrets of their own server, and commit each for itself", async () => {
  await using runner = await openRunner(FILES);
  const jobs = await Promise.all(
    ["1/2", "2/2"].map((shard) =>
      runner.run({ event: "schedule", inputs: { instance: "default", shard }, env: NOT_BERLIN }),
    ),
  );
  expect(jobs.map(({ code }) => code)).toEqual([0, 0]);
  expect(jobs.map(({ outputs }) => outputs.checked)).toEqual(["1", "1"]);
  expect(jobs[0]?.summary).toContain("List a");
  expect(jobs[0]?.summary).not.toMatch(/List (?:c|there)/);
  expect((await runner.commits()).toSorted()).toEqual([
    "Check a: notified, short 1",
    "Check c: notified, short 1",
    "Notify a",
    "Notify c",
  ]);
  expect(runner.sink.mails()).toHaveLength(2);
});

test("a token of another server is shown nowhere", async () => {
  await using runner = await openRunner(FILES);
  const secret = "inv-77aa00bb11cc22dd";
  const env = { BERLIN_URL: runner.inventree.url, BERLIN_TOKEN: secret };
  const job = await runner.run({ event: "schedule", inputs: { instance: "berlin" }, env });
  expect(job.code).toBe(1);
  expect(job.log).toContain(`::add-mask::${secret}`);
  expect(job.log.replaceAll(`::add-mask::${secret}`, "") + job.summary).not.toContain(secret);
  expect(job.annotations.map(({ message }) => message).join()).toContain("BERLIN_TOKEN");
});

test("a shard that is none, and a server that nobody knows, are said in words", async () => {
  await using runner = await openRunner(FILES);
  const shard = await runner.run({ event: "schedule", inputs: { shard: "3/2" } });
  expect(shard.code).toBe(1);
  expect(shard.log).toContain('Input shard: "3/2" must be i/n, as in 2/4.');
  const server = await runner.run({ event: "schedule", inputs: { instance: "munich" } });
  expect(server.code).toBe(1);
  expect(server.log).toContain('partwatch.yaml knows no instance "munich"; there are default, berlin.');
  expect(runner.inventree.requests()).toEqual([]);
});
