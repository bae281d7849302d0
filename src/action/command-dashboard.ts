import { join, resolve } from "node:path";
import { getInput, isDebug } from "@actions/core";
import { dashboardFiles } from "../app/dashboard/dashboard.ts";
import { refuseUnasked } from "../app/dashboard/publishing.ts";
import type { Clock, Environment } from "../core/ports.ts";
import { writeDashboard } from "../system/dashboard-files.ts";
import { createLog } from "../system/log.ts";
import { wire } from "../wire/run.ts";
import { isPrivate } from "../wire/visibility.ts";
import { actionContext } from "./context.ts";
import { print } from "./group.ts";

/** Writes the pages that are to be published. Throws FailureError (kind config) where they are not to be. */
export async function publishedPages({
  env,
  clock,
  secrets,
}: {
  readonly env: Environment;
  readonly clock: Clock;
  readonly secrets: readonly string[];
}): Promise<void> {
  const context = actionContext(env);
  const token = getInput("token") || (env.GITHUB_TOKEN ?? "").trim();
  const root = resolve(getInput("root") || ".");
  const out = getInput("out") || "partwatch-dashboard";
  const log = createLog({ format: "text", level: isDebug() ? "debug" : "info", write: print, now: clock.now, secrets });
  const github = { ...context, token, isDefaultBranch: true };
  const wired = await wire({ root, env, log, clock, github, needs: { inventree: false, mail: "none" } });
  try {
    const { deps, config, configProblems, inventreeUrl } = wired;
    await refuseUnasked({
      dashboard: config.dashboard,
      isBroken: configProblems.length > 0,
      repository: context.repository,
      isPrivate: () => isPrivate(github, { clock, log }),
    });
    const [read, state] = await Promise.all([deps.readMonitors(), deps.store.read({ histories: true })]);
    const shown = { read, state, now: clock.now(), inventreeUrl, fileUrl: deps.fileUrl };
    const files = await dashboardFiles({ ...shown, secrets: [...wired.secrets, ...secrets] });
    await writeDashboard(join(context.workspace, out), files);
    print(`${out}: ${files.size} files.`);
  } finally {
    await wired.close();
  }
}
