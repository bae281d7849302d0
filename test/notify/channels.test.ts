import { describe, expect, it } from "vitest";
import { type Office, openOffice } from "../support/people-fixture.ts";
import { boardList, CHIP, putStock } from "../support/small-product.ts";
import { inside } from "../support/workspace.ts";
import { openTeam } from "./team.ts";
import { startReceiver } from "./webhook/receiver.ts";

async function deliveredOf({ workspace }: Office): Promise<unknown> {
  return inside(await workspace.state("state/board.json"), "delivered");
}

describe("a list with mail, issue and webhook", () => {
  it("tells each of them once, in this order, and remembers what each has accepted", async () => {
    await using team = await openTeam();
    const { outcomes } = await team.run(23);
    expect(outcomes).toMatchObject([
      {
        notifications: {
          deliveries: [
            { channel: "email" },
            { channel: "issue" },
            { channel: "webhook", outcome: { accepted: ["STOCK_URL"] } },
          ],
        },
      },
    ]);
    const delivered = await deliveredOf(team.office);
    expect(delivered).toMatchObject({
      email: { seq: 1, ref: expect.stringMatching(/^</) },
      issue: { seq: 1, ref: "11" },
      webhook: { seq: 1, ref: expect.stringMatching(/^board\.1\./) },
    });
    expect(await team.office.workspace.state("state/board.json")).toMatchObject({
      episode: { number: 1, root: expect.stringMatching(/^<.*>$/) },
    });
    await team.run(24);
    expect([team.office.workspace.sink.mails().length, team.receiver.received.length]).toEqual([1, 1]);
  });

  it("tells a channel that was down what it missed, and the others nothing twice", async () => {
    await using team = await openTeam();
    team.receiver.behave(...Array.from({ length: 4 }, () => ({ status: 503 })));
    const { failures } = await team.run(23);
    expect(failures).toEqual([expect.stringMatching(/^board: webhook: the webhook of STOCK_URL answers 503/)]);
    expect(Object.keys(Object(await deliveredOf(team.office)))).toEqual(["email", "issue"]);
    expect(await team.office.workspace.state("system.json")).toMatchObject({
      "webhook:STOCK_URL": { since: "2026-11-23T07:00:00.000Z" },
    });
    expect(await team.run(23, 15)).toMatchObject({ failures: [] });
    expect(team.receiver.received).toHaveLength(5);
    expect(team.office.workspace.sink.mails()).toHaveLength(1);
    expect(team.office.issues.all.map(({ title }) => title)).toEqual([
      "[Partwatch] Board batch: parts short",
      "[Partwatch] Outage: The webhook of STOCK_URL cannot be called",
    ]);
    expect(await team.office.workspace.state("system.json")).not.toHaveProperty("webhook:STOCK_URL");
  });

  it("has the hash of its mail as last_hash, which waits for the mail alone", async () => {
    await using team = await openTeam();
    team.office.workspace.sink.behave({ connect: () => "drop" });
    await team.run(23);
    expect(await team.office.workspace.state("state/board.json")).toMatchObject({
      last_hash: null,
      delivered: { issue: {}, webhook: {} },
    });
    team.office.workspace.sink.behave({});
    await team.run(23, 15);
    const state = await team.office.workspace.state("state/board.json");
    expect(inside(state, "last_hash")).toBe(inside(state, "delivered", "email", "hash"));
  });

  it("tells each channel what changed against what it was told itself", async () => {
    await using team = await openTeam();
    await team.run(23);
    putStock(team.office.workspace.inventree, CHIP, 3);
    team.receiver.behave(...Array.from({ length: 4 }, () => ({ status: 500 })));
    await team.run(24);
    putStock(team.office.workspace.inventree, CHIP, 1);
    await team.run(25);
    const last: unknown = JSON.parse(team.receiver.received.at(-1)?.body ?? "");
    expect(last).toMatchObject({ change: { rows: [{ sort: "worsened", before: 5, now: 9 }] } });
    expect(team.office.workspace.sink.mails().at(-1)?.parsed.text).toMatch(/Chip +short +7 +9$/m);
  });
});

describe("a list without recipients", () => {
  it("has the hash of its first channel as last_hash", async () => {
    await using team = await openTeam({ recipients: "[]" });
    await team.run(23);
    const state = await team.office.workspace.state("state/board.json");
    expect(inside(state, "last_hash")).toBe(inside(state, "delivered", "issue", "hash"));
    expect(team.office.workspace.sink.connections()).toBe(0);
  });
});

describe("a run of many lists that dies before it comes to the admins", () => {
  it("owes them that a webhook works again, though nothing is sent there any more", async () => {
    const webhook = boardList({ recipients: "[]", channels: "{ webhook: { url_env: STOCK_URL } }" });
    const ids = Array.from({ length: 25 }, (_, index) => `list-${10 + index}`);
    const lists = Object.fromEntries(ids.map((id) => [`monitors/${id}.yaml`, webhook]));
    await using office = await openOffice({ ...lists, "monitors/mailed.yaml": boardList() });
    const receiver = await startReceiver();
    const env = { STOCK_URL: `${receiver.url}/hook`, ADMIN_EMAIL_RECIPIENTS: "admin@example.com" };
    const { workspace } = office;
    const told = () =>
      workspace.sink.mails().flatMap(({ to, parsed }) => (to.includes("admin@example.com") ? [parsed.subject] : []));
    try {
      receiver.behave(...Array.from({ length: 4 }, () => ({ status: 503 })));
      await office.run(23, { env });
      const begun = ["[Partwatch] The webhook of STOCK_URL cannot be called"];
      expect(told()).toEqual(begun);
      putStock(workspace.inventree, CHIP, 3);
      await office.run(24, { env });
      const over = [...begun, "[Partwatch] The webhook of STOCK_URL works again"];
      expect(told()).toEqual(over);
      // As if it had been killed before: what the 25 lists were told is remembered, and of the last one its claim stands.
      const claimed = await workspace.git("log", "-1", "--format=%H", "--grep=^Notify mailed", "partwatch-state");
      await workspace.git("update-ref", "refs/heads/partwatch-state", claimed);
      await workspace.git("update-ref", "refs/partwatch/clone/partwatch-state", claimed);
      const calls = receiver.received.length;
      await office.run(24, { minutes: 15, takeOver: true, env });
      expect(receiver.received).toHaveLength(calls);
      expect(told()).toEqual([...over, ...over.slice(1)]);
    } finally {
      await receiver.close();
    }
  });
});
