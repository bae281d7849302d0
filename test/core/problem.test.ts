import { expect, it } from "vitest";
import { formatProblem, problemText } from "../../src/core/problem.ts";

it("a warning is called one once: by its line, or by the log that it stands in", () => {
  const problem = { file: "monitors/a.yaml", line: 7, column: 16, path: "cron_schedule", message: "is unwise." };
  expect(formatProblem({ ...problem, severity: "warning" })).toBe(
    "warning: monitors/a.yaml:7:16 cron_schedule: is unwise.",
  );
  expect(problemText({ ...problem, severity: "warning" })).toBe("monitors/a.yaml:7:16 cron_schedule: is unwise.");
  expect(formatProblem(problem)).toBe(problemText(problem));
});
