import { formatProblem } from "../../core/problem.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { CommandError } from "../exit.ts";

/** A calculation for all lists together would be wrong without one of them, and nobody would notice. Throws CommandError. */
export function refuseBrokenLists({ broken }: MonitorsRead, fix: string): void {
  if (broken.length === 0) return;
  const files = broken.map(({ file, problems }) =>
    [`${file} cannot be used:`, ...problems.map(formatProblem)].join("\n"),
  );
  throw new CommandError([...files, fix].join("\n"));
}
