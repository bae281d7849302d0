import type { Report } from "../../core/generated/report.ts";

/** What `--fail-on` and the input fail-on can ask for. */
export const FAIL_ON = ["short", "critical"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** A shortage is no failure, unless somebody wants it to be one. */
export function failsOn(kind: FailOn | undefined): (report: Report) => boolean {
  return ({ summary }) => {
    const short = summary.short + (summary.low ?? 0) + (summary.out ?? 0) > 0;
    switch (kind) {
      case undefined:
        return false;
      case "short":
        return short;
      case "critical":
        return short || summary.critical > 0;
      default:
        return kind satisfies never;
    }
  };
}
