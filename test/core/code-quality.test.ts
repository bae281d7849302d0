import { expect, it } from "vitest";
import { codeQualityReport } from "../../src/core/code-quality.ts";

it("a problem stands at its line, with the same fingerprint wherever it moves; two alike have two", () => {
  const problem = { file: "monitors/a.yaml", line: 7, path: "cron_schedule", message: "minute must be 0-59." };
  const report = (line: number) =>
    codeQualityReport([{ ...problem, line }, problem, { message: "is odd.", severity: "warning" }], {
      folder: "stock",
      digest: (text) => text,
    });
  const [first, second, third] = report(3);
  expect(first).toEqual({
    description: "cron_schedule: minute must be 0-59.",
    check_name: "partwatch",
    fingerprint: "stock/monitors/a.yaml\ncron_schedule\nminute must be 0-59.",
    severity: "major",
    location: { path: "stock/monitors/a.yaml", lines: { begin: 3 } },
  });
  expect(second?.fingerprint).not.toBe(first?.fingerprint);
  expect(report(9)[0]?.fingerprint).toBe(first?.fingerprint);
  expect(third).toMatchObject({ severity: "minor", location: { path: "stock/partwatch.yaml", lines: { begin: 1 } } });
});
