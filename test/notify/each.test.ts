import { expect, it } from "vitest";
import { type Office, openOffice } from "../support/people-fixture.ts";
import { boardList } from "../support/small-product.ts";
import { inside } from "../support/workspace.ts";

const FILES = {
  "partwatch.yaml": "mail: { recipients: each }\n",
  "monitors/board.yaml": boardList({ recipients: "[a@example.com, b@example.com, c@example.com]" }),
};

/** Nobody hears whether b has the mail, and c gets it later. */
function hangAtB({ workspace: { sink } }: Office): void {
  sink.behave({
    message: ({ to }) => (to[0] === "b@example.com" ? "keep-and-drop" : undefined),
    recipient: (address) => (address === "c@example.com" ? { code: 451, text: "4.3.0 Later" } : undefined),
  });
}

/** As if b had been in doubt for long, and so often. */
async function doubtedFor({ workspace }: Office, tries: number): Promise<void> {
  const state = await workspace.state("state/board.json");
  const doubt = inside(state, "delivered", "email", "doubtful", "b@example.com");
  Object.assign(Object(doubt), { tries, until: "2026-01-01T00:00:00.000Z" });
  await workspace.git("worktree", "add", "--quiet", "../edit", "partwatch-state");
  await workspace.write("../edit/state/board.json", JSON.stringify(state));
  await workspace.git("-C", "../edit", "commit", "--quiet", "--all", "--message=Age");
  await workspace.git("worktree", "remove", "--force", "../edit");
}

it("a mail of its own for each: who may have it is left alone for a while, and who has not got it gets it", async () => {
  await using office = await openOffice(FILES);
  const { sink } = office.workspace;
  hangAtB(office);
  const { failures } = await office.run(23);
  expect(failures.filter((words) => words.includes("b@example.com"))).toEqual([
    expect.stringContaining("nobody knows whether it arrived"),
  ]);
  sink.behave({});
  await office.run(23, { minutes: 5 });
  expect(sink.mails().map(({ to }) => to)).toEqual([["a@example.com"], ["b@example.com"], ["c@example.com"]]);
  expect(await office.workspace.state("state/board.json")).toMatchObject({
    delivered: {
      email: { to: ["a@example.com", "c@example.com"], doubtful: { "b@example.com": { tries: 1 } } },
    },
  });
});

it("a mail that nobody confirms for one of several is repeated for them alone, and counts as heard in the end", async () => {
  await using office = await openOffice(FILES);
  const { workspace } = office;
  const record = async () => inside(await workspace.state("state/board.json"), "delivered", "email");
  hangAtB(office);
  await office.run(23);
  await doubtedFor(office, 4);
  workspace.sink.behave({ message: ({ to }) => (to[0] === "b@example.com" ? "keep-and-drop" : undefined) });
  await office.run(23, { minutes: 5 });
  const others = ["a@example.com", "c@example.com"];
  expect(await record()).toMatchObject({ to: others, doubtful: { "b@example.com": { tries: 5 } } });
  await doubtedFor(office, 5);
  const { failures } = await office.run(23, { minutes: 10 });
  expect(failures).toEqual([expect.stringMatching(/to b@example\.com was sent 6 times and never confirmed/)]);
  expect(await record()).toMatchObject({ to: ["a@example.com", "b@example.com", "c@example.com"] });
  expect(await workspace.state("state/board.json")).not.toHaveProperty("sending");
  expect(await workspace.state("system.json")).toMatchObject({
    "unconfirmed:board/email": { cause: expect.stringContaining("never confirmed") },
  });
  expect(workspace.sink.mails().filter(({ to }) => to[0] === "b@example.com")).toHaveLength(3);
});
