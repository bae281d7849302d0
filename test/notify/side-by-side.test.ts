import { expect, it } from "vitest";
import { type Office, openOffice } from "../support/people-fixture.ts";
import { boardList } from "../support/small-product.ts";

const ISSUES = "{ issue: { active: true } }";

const lists = (count: number, fields: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `monitors/list-${String(at).padStart(2, "0")}.yaml`,
      boardList({ name: `List ${at}`, ...fields }),
    ]),
  );

/** The most issues whose creation was under way at once; none ends before `isLate`, and some turns for another to come. */
function issuesAtOnce({ github }: Office, isLate: () => boolean): () => number {
  let most = 0;
  const run = () =>
    new Promise<void>((resolve) => {
      const under = github.requests.filter(({ label, status }) => isCreation.test(label) && status === "dropped");
      most = Math.max(most, under.length);
      let turns = 1_000;
      const end = () => {
        if (isLate()) turns -= 1;
        if (turns === 0) resolve();
        else setImmediate(end);
      };
      end();
    });
  github.misbehave({ on: isCreation, times: 100, how: { kind: "first", run } });
  return () => most;
}

const isCreation = /^POST \/repos\/acme\/lists\/issues$/;

it("sends the mails of a dozen lists side by side, and opens their issues one after the other", async () => {
  await using office = await openOffice(lists(12, { channels: ISSUES }));
  const { sink } = office.workspace;
  // By then the other two that are sent at once have come as far as their issues.
  const most = issuesAtOnce(office, () => sink.mails().length >= 3);
  const { failures, outcomes } = await office.run(23);
  expect(failures).toEqual([]);
  expect(outcomes.map(({ selected }) => `monitors/${selected.monitor.id}.yaml`)).toEqual(Object.keys(lists(12)));
  expect([sink.mails().length, sink.mostAtOnce()]).toEqual([12, 3]);
  expect([office.issues.all.length, most()]).toEqual([12, 1]);
  await office.run(24);
  expect([sink.mails().length, office.issues.all.length]).toEqual([12, 12]);
});

it("sends the mails of a few lists over one connection, in the lists' order", async () => {
  await using office = await openOffice(lists(9));
  const { sink } = office.workspace;
  await office.run(23);
  expect([sink.connections(), sink.mostAtOnce()]).toEqual([1, 1]);
  const subjects = Array.from({ length: 9 }, (_, at) => `[Partwatch] List ${at}: parts short`);
  expect(sink.mails().map(({ parsed }) => parsed.subject)).toEqual(subjects);
});

it("sends the mail that a dozen lists share once", async () => {
  await using office = await openOffice({ "partwatch.yaml": "mail: { combine: true }\n", ...lists(12) });
  const { failures, outcomes } = await office.run(23);
  expect(failures).toEqual([]);
  expect(outcomes).toHaveLength(12);
  expect(office.workspace.sink.mails()).toHaveLength(1);
});

it("owes every list the mail that a broken server did not take", async () => {
  await using office = await openOffice(lists(12));
  const { sink } = office.workspace;
  sink.behave({ connect: () => "drop" });
  expect((await office.run(23)).failures).toHaveLength(12);
  sink.behave({});
  await office.run(23, { minutes: 15 });
  const named = sink.mails().flatMap(({ parsed }) => (/List (\d+)/.exec(parsed.subject ?? "") ?? []).slice(1));
  expect(named.map(Number).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at));
});
