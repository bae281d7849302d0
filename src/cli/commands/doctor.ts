import type { Command } from "commander";
import { doctor } from "../../app/doctor/doctor.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import { plainText } from "../../core/text/plain-text.ts";
import { wrapToWidth } from "../../core/text/text-width.ts";
import { painter } from "../../core/view/terminal.ts";
import { wireDoctor } from "../../wire/doctor.ts";
import { FAILED } from "../exit.ts";
import type { Io } from "../io.ts";
import { withProgress } from "../progress.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";

interface DoctorOptions {
  readonly sendTestMail?: true;
  readonly json?: true;
  readonly now?: string;
}

/** `partwatch doctor`: checks the setup and explains how to fix what is wrong. */
export function addDoctor(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Checks the files, each InvenTree server and what its token may do, the mail server, the state branch, the workflows and the schedule, and explains how to fix what is wrong. A schedule that GitHub stopped because of inactivity is enabled again if GITHUB_TOKEN may do so. Exit code 1 if something is broken; warnings do not fail.",
    )
    .option("--send-test-mail", "send a mail to ADMIN_EMAIL_RECIPIENTS")
    .option("--json", "print it as JSON")
    .option("--now <instant>", "take this instant (RFC 3339) for what is overdue")
    .addHelpText("after", "\nExample:\n  $ partwatch doctor --send-test-mail\n")
    .action(async (options: DoctorOptions, command: Command) => {
      const session = sessionOf({ command, io, level: "error" });
      const now = instantOf(options.now, io.clock);
      const wired = await wireDoctor({ ...session, env: io.env, now });
      try {
        const sendTestMail = options.sendTestMail === true;
        const found = await withProgress(
          io,
          () => "Looking",
          () => doctor(wired.deps, { now, sendTestMail }),
        );
        const broken = countOf(found, "broken");
        const warnings = countOf(found, "warning");
        if (options.json) io.json({ broken, warnings, diagnoses: found });
        else io.out(`${[...found.flatMap((one) => linesOf(one, io)), "", verdict(broken, warnings)].join("\n")}\n`);
        if (broken > 0) exit(FAILED);
      } finally {
        await wired.close();
      }
    });
}

const SIGNS = { ok: "✓", warning: "!", broken: "✗" } as const satisfies Record<Diagnosis["level"], string>;
const WORDS = { ok: "", warning: ", warning", broken: ", broken" } as const satisfies Record<
  Diagnosis["level"],
  string
>;
const TONES = { ok: "good", warning: "warn", broken: "bad" } as const;

function linesOf({ area, level, message, fix }: Diagnosis, { columns, color }: Io): readonly string[] {
  const paint = painter(color);
  const [first = "", ...rest] = wrapToWidth(plainText(`${area}${WORDS[level]}: ${message}`), columns - 2);
  const fixLines = fix === null ? [] : wrapToWidth(plainText(`→ ${fix}`), columns - 4);
  return [
    `${paint(SIGNS[level], TONES[level])} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...fixLines.map((line, at) => `  ${at === 0 ? "" : "  "}${line}`),
  ];
}

function countOf(found: readonly Diagnosis[], level: Diagnosis["level"]): number {
  return found.filter((one) => one.level === level).length;
}

function verdict(broken: number, warnings: number): string {
  const words = warnings === 1 ? "1 warning" : `${warnings} warnings`;
  if (broken > 0) return `${broken} broken, ${words}.`;
  return warnings > 0 ? `Everything works; ${words}.` : "Everything works.";
}
