import { describe, expect, it } from "vitest";
import { type Finding, nextIncidents, overSince, owedFindings } from "../../../src/core/notification/incidents.ts";
import type { Incident } from "../../../src/core/notification/state.ts";

const AT = "2026-03-02T07:10:00Z";
const known: Incident = { since: AT, cause: "it answers 503", opened: { email: AT } };

function owed(key: string, incident: Incident, findings: readonly Finding[] = []): readonly Finding[] {
  return owedFindings({ system: { [key]: incident }, findings, channels: ["email"] });
}

describe("what the admins have still to hear of an incident of which a run sees nothing", () => {
  it.each([
    ["that a webhook is well again", "webhook:HOOK", overSince(known, AT), null],
    ["that InvenTree is well again", "default/unreachable", overSince(known, AT), null],
    ["that a webhook is in trouble", "webhook:HOOK", { ...known, opened: {} }, known.cause],
    ["that an address is refused", "address:a@example.com", { ...known, opened: {} }, known.cause],
  ])("is %s", (_what, key, incident, cause) => {
    expect(owed(key, incident)).toEqual([{ key, cause, monitors: [] }]);
  });

  it.each([
    ["they have heard that it is there", "webhook:HOOK", known],
    ["every run looks for it anew", "default/unreachable", { ...known, opened: {} }],
    ["mail cannot tell that mail is broken", "mail", { ...known, opened: {} }],
  ])("is nothing where %s", (_why, key, incident) => {
    expect(owed(key, incident)).toEqual([]);
  });

  it("is left to what the run has seen", () => {
    expect(owed("mail", overSince(known, AT), [{ key: "mail", cause: "down", monitors: [] }])).toEqual([]);
  });
});

it("an incident that is there again is not over", () => {
  const finding = { key: "mail", cause: "it answers 503", monitors: [] };
  const input = { system: { mail: overSince(known, AT) }, findings: [finding], channels: ["email"], at: AT };
  expect(nextIncidents(input)).toEqual({ news: [], system: { mail: known } });
});
