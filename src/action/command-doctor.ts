import { resolve } from "node:path";
import { isDebug, setOutput } from "@actions/core";
import { doctor } from "../app/doctor/doctor.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import type { Environment } from "../core/ports.ts";
import { own } from "../core/records.ts";
import { DEFAULT_INSTANCE } from "../core/settings/instances.ts";
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
  const found = await inGroup("Log of the examination", async (withCommands) => {
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
    const diagnoses = await doctor(deps, { now, sendTestMail: true }).finally(wired.close);
    const urls = [DEFAULT_INSTANCE, ...wired.deps.read.config.instances].map(({ urlEnv }) => urlEnv);
    const shown = (text: string) =>
      withoutSecrets(withoutPlaces(text, placesIn(env, urls)), { secrets: [...secrets, ...further], shortest: 4 });
    return diagnoses.map((one) => ({
      ...one,
      message: shown(one.message),
      fix: one.fix === null ? null : shown(one.fix),
    }));
  });
  const broken = found.filter((one) => one.level === "broken");
  await inGroup("Setup", () => print(found.map(lineOf).join("\n")));
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
    table(found),
    ...(unset ? [settingsPlace(context.settingsUrl)] : []),
  ]);
  setOutput("failed", broken.length);
  if (broken.length > 0) process.exitCode = 1;
}

/** Values that say where servers are and who gets mail, and the variable that has each; the longest first. */
function placesIn(env: Environment, urls: readonly string[]): readonly (readonly [value: string, name: string])[] {
  const ofUrls = urls.flatMap((name) => {
    const url = URL.parse((own(env, name) ?? "").trim());
    if (url === null) return [];
    const { href, host, hostname } = url;
    return [href, href.replace(/\/$/, ""), host, hostname].map((value) => [value, name] as const);
  });
  const ofMail = ["EMAIL_SMTP_SERVER", "EMAIL_SENDER_ADDRESS", "ADMIN_EMAIL_RECIPIENTS", "EMAIL_USERNAME"].flatMap(
    (name) =>
      // A user's name that is no address may be any word.
      (own(env, name) ?? "")
        .split(/[\s,;]+/)
        .filter((value) => /[@.]/.test(value))
        .map((value) => [value, name] as const),
  );
  return [...ofUrls, ...ofMail].sort(([a], [b]) => b.length - a.length);
}

/** Anybody may read the runs of a public repository: a variable's name stands for its value. */
function withoutPlaces(text: string, places: readonly (readonly [value: string, name: string])[]): string {
  const named = places.reduce((words, [value, name]) => words.replaceAll(value, name), text);
  return named.replaceAll(/\b([A-Z][A-Z_]+)(?:, \1\b)+/g, "$1");
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
