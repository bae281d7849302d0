import type { Report } from "../core/generated/report.ts";
import { CommandError, USAGE } from "./exit.ts";

/** What `--fail-on` asks of a report: a shortage is no failure unless somebody wants it to be one. */
export function failsOn(kind: string | undefined): (report: Report) => boolean {
  if (kind === undefined) return () => false;
  const short = ({ summary }: Report) => summary.short + (summary.low ?? 0) + (summary.out ?? 0) > 0;
  if (kind === "short") return short;
  if (kind === "critical") return (report) => short(report) || report.summary.critical > 0;
  throw new CommandError(`--fail-on ${kind}: must be short or critical.`, USAGE);
}
