import { expect, it } from "vitest";
import { close, issueIn, tick } from "../../support/github-api/issues-world.ts";
import { openOffice } from "../../support/people-fixture.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";

const inWorkflow = { inWorkflow: true, env: { GITHUB_TOKEN: undefined, GITHUB_REPOSITORY: undefined } };

it("lives its whole life with state and issues on GitHub, by the token of the workflow alone", async () => {
  await using office = await openOffice({
    "monitors/board.yaml": boardList({ recipients: "[]", channels: "{ issue: { active: true } }" }),
  });
  expect(await office.run(23, inWorkflow)).toMatchObject({ failures: [], stateFailure: null });
  const issue = issueIn(office.issues, 11);
  expect(issue.body).toContain('<a href="https://github.com/acme/lists/blob/main/monitors/board.yaml">The list</a>');
  tick(issue, "Chip");
  const { outcomes } = await office.run(24, inWorkflow);
  expect(outcomes).toMatchObject([{ checked: { alerts: [{ state: "acknowledged" }] } }]);
  putStock(office.workspace.inventree, CHIP, 3);
  await office.run(25, inWorkflow);
  expect(issue.comments).toMatchObject([
    { body: expect.stringContaining('href="https://github.com/acme/lists/actions/runs/42"') },
  ]);
  close(issue, "not_planned");
  await office.run(26, inWorkflow);
  putStock(office.workspace.inventree, CHIP, 50);
  const last = await office.run(27, inWorkflow);
  expect(last).toMatchObject({ failures: [], state: { monitors: { board: { delivered: { issue: { ref: "11" } } } } } });
  expect(office.issues.all).toMatchObject([{ state: "closed", state_reason: "not_planned" }]);
});

it("is linked from the mails of its episode, beside the list and the place to silence its parts", async () => {
  await using office = await openOffice({
    "monitors/board.yaml": boardList({ channels: "{ issue: { active: true } }" }),
  });
  const { sink, inventree } = office.workspace;
  const lastMail = () => sink.mails().at(-1)?.parsed.text;
  await office.run(23, inWorkflow);
  expect(lastMail()).toContain("Open this list:\n  https://github.com/acme/lists/blob/main/monitors/board.yaml\n");
  expect(lastMail()).toContain(
    "Silence parts, or leave this list:\n  https://github.com/acme/lists/edit/main/monitors/board.yaml\n",
  );
  // The mail goes out before the issue is opened.
  expect(lastMail()).not.toContain("/issues/");
  putStock(inventree, CHIP, 3);
  await office.run(24, inWorkflow);
  expect(lastMail()).toContain(
    "Acknowledge or dismiss parts in the issue:\n  https://github.com/acme/lists/issues/11\n",
  );
  putStock(inventree, CHIP, 50);
  await office.run(25, inWorkflow);
  putStock(inventree, CHIP, 2);
  await office.run(26, inWorkflow);
  // Another shortage gets another issue.
  expect(lastMail()).not.toContain("/issues/");
});

it("is not linked, and neither is an editor, where nobody knows the forge", async () => {
  await using office = await openOffice({ "monitors/board.yaml": boardList() });
  await office.workspace.git("remote", "add", "origin", "https://git.example.org/acme/lists.git");
  const aside = { env: { GITHUB_TOKEN: undefined, GITHUB_REPOSITORY: undefined } };
  await office.run(23, { ...aside, force: true });
  const text = office.workspace.sink.mails().at(-1)?.parsed.text;
  expect(text).toContain("https://git.example.org/acme/lists/");
  expect(text).toContain("Edit or leave this list");
  expect(text).not.toMatch(/\/edit\/|\/issues\//);
});
