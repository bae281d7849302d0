import { resolve } from "node:path";
import { isDebug, setOutput } from "@actions/core";
import { doctor } from "../app/doctor/doctor.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { withoutSecrets } from "../core/text/without-secrets.ts";
import { markdownText } from "../core/view/markdown.ts";
import { annotate } from "../github/annotations.ts";
import { createLog } from "../system/log.ts";
import { wireDoctor } from "../wire/doctor.ts";
import type { ActionCommand } from "./command.ts";
import { actionContext, annotationRoom, folderInWorkspace } from "./context.ts";
import { inGroup, print } from "./group.ts";
import { usesOf } from "./running.ts";
import { maskFurther } from "./secrets.ts";
import { writeSummary } from "./summary.ts";
import { isUnset, settingsPlace } from "./summary-run.ts";

/** Examines the setup as `partwatch doctor` does, with a test mail to the admins; checks no list and records nothing. */
export async function examineSetup({ inputs, env, secrets, clock }: ActionCommand): Promise<void> {
  const context = actionContext(env);
  const root = resolve(inputs.root);
  const level = isDebug() ? "debug" : "warning";
  const log = createLog({ format: inputs.logFormat, level, write: print, now: clock.now, secrets });
  const now = clock.now();
  const { found, hidden } = await inGroup("Log of the examination", async (withCommands) => {
    const further: string[] = [];
    const wired = await wireDoctor({
      root,
      env: { ...env, GITHUB_TOKEN: inputs.token },
      log,
      clock,
      now,
      action: usesOf(context.action),
      github: { ...context, token: inputs.token, isDefaultBranch: true },
      mask: (more) => {
        further.push(...more);
        withCommands(() => maskFurther(more, secrets));
      },
    });
    // The forge has just started this workflow, and its token may not ask about that.
    const deps = { ...wired.deps, github: undefined, isOnGithub: false };
    const found = await doctor(deps, { now, sendTestMail: true }).finally(wired.close);
    return { found, hidden: [...secrets, ...further] };
  });
  const broken = found.filter((one) => one.level === "broken");
  const lines = withoutSecrets(found.map(lineOf).join("\n"), { secrets: hidden, shortest: 4 });
  await inGroup("Setup", () => print(lines));
  annotate(
    broken.map(({ area, message, fix }) => ({
      message: [`${area}: ${message}`, ...(fix === null ? [] : [fix])].join(" "),
    })),
    { folder: folderInWorkspace(root, context), memory: context.annotatedPath, ...annotationRoom(context) },
  );
  const unset = broken.some(({ message }) => isUnset({ kind: "config", retryable: false, message }));
  if (unset && context.forge !== "github") print(`Secrets and variables are set at ${context.settingsUrl}.`);
  await writeSummary(context.summaryPath, [
    "## Partwatch: setup",
    broken.length === 0 ? "Everything works. No list was checked." : "Something has to be fixed. No list was checked.",
    withoutSecrets(table(found), { secrets: hidden, shortest: 4 }),
    ...(unset ? [settingsPlace(context.settingsUrl)] : []),
  ]);
  setOutput("failed", broken.length);
  if (broken.length > 0) process.exitCode = 1;
}

const SIGNS = { ok: "✓", warning: "!", broken: "✗" } as const satisfies Record<Diagnosis["level"], string>;

function lineOf({ area, level, message, fix }: Diagnosis): string {
  return `${SIGNS[level]} ${area}: ${message}${fix === null ? "" : `\n    → ${fix}`}`;
}

function table(found: readonly Diagnosis[]): string {
  const cell = (text: string) => markdownText(text).replaceAll("\n", "<br>");
  const rows = found.map(({ area, level, message, fix }) => {
    const words = level === "ok" ? cell(message) : `**${cell(message)}**`;
    return `| ${SIGNS[level]} | ${cell(area)} | ${words}${fix === null ? "" : `<br>${cell(fix)}`} |`;
  });
  return ["|  | What | Result |", "| --- | --- | --- |", ...rows].join("\n");
}
