import { expect, it } from "vitest";
import { type MonitorJson, type RunJson, runJsonText } from "../../src/app/run/json.ts";

const monitor: MonitorJson = {
  id: "board",
  name: 'Board "A"\n    {"not": [ours]},\\',
  outcome: "failed",
  reason: "asked",
  error: { kind: "inventree", retryable: true, message: "line\nbreak" },
  hash: null,
  deliveries: [],
  report: null,
};
const json: RunJson = {
  monitors: [],
  problems: [{ path: "name", message: "is missing" }],
  failures: ["Board: failed"],
  state: { commit: null, conflicts: 0, error: null },
  spent: { requests: 1, retries: 0, bytes: 2, milliseconds: 3 },
  times: { server: 1, calculation: 2, mail: 3, state: 4 },
};

it.each([0, 1, 3])("a run of %i monitors written in pieces is the text of the whole", (count) => {
  const whole: RunJson = { ...json, monitors: Array.from({ length: count }, () => monitor) };
  expect([...runJsonText(whole)].join("")).toBe(`${JSON.stringify(whole, null, 2)}\n`);
});
