import type { Monitor } from "../core/monitor.ts";
import type { Problem } from "../core/problem.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Rename } from "../system/renames.ts";

/** All problems of what was read, and a warning for each monitor whose file was renamed without keeping its id. */
export function validate(question: {
  readonly read: MonitorsRead;
  readonly renames: readonly Rename[];
}): readonly Problem[] {
  const { read, renames } = question;
  const ids = new Set(read.monitors.map((monitor) => monitor.id));
  const lost = renames.flatMap(({ from, to }): Problem[] => {
    const old = stem(from);
    const monitor = read.monitors.find((one) => one.file === to);
    if (old === undefined || monitor === undefined || keepsState(monitor, old, ids)) return [];
    const message = `was ${from}; as monitor ${monitor.id} it starts anew, with a first mail. To go on as before, add \`id: ${old}\`.`;
    return [{ file: to, line: 1, column: 1, path: "id", message, severity: "warning" }];
  });
  return [...read.problems, ...lost];
}

/** It bears its old id, or another monitor does. */
function keepsState(monitor: Monitor, old: string, ids: ReadonlySet<string>): boolean {
  return monitor.id === old || ids.has(old) || monitor.id !== stem(monitor.file);
}

function stem(file: string): string | undefined {
  return /([^/]+)\.ya?ml$/.exec(file)?.[1];
}
