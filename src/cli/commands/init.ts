import { type Command, Option } from "commander";
import { type Initialised, type InitOptions, init } from "../../app/init/init.ts";
import { formatProblem, isError } from "../../core/problem.ts";
import { parsePartList } from "../../core/settings/part-list.ts";
import { addressedAction, DEFAULT_ACTION, type ScheduleTarget } from "../../core/settings/workflow-settings.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import { initRepository } from "../../system/git-work.ts";
import { placeInRepository } from "../../system/repository.ts";
import { type Checkout, openCheckout } from "../../wire/checkout.ts";
import { CommandError, FAILED, USAGE } from "../exit.ts";
import { type CommandContext, sessionOf } from "../session.ts";
import type { Terminal } from "../terminal.ts";
import { checklist } from "./init-checklist.ts";

const TARGETS = ["github", "ghes", "gitea", "forgejo", "gitlab"] satisfies readonly ScheduleTarget[];

interface InitFlags {
  readonly name: string;
  readonly parts?: readonly string[];
  readonly schedule: string;
  readonly timezone?: string;
  readonly recipients?: readonly string[];
  readonly action?: string;
  readonly target: ScheduleTarget;
  readonly git?: true;
  readonly json?: true;
}

/** `partwatch init`: sets up a repository, and lists what is left to do. */
export function addInit(command: Command, { io, exit }: CommandContext): void {
  command
    .description(
      "Writes partwatch.yaml, a first monitor, schemas for editors, and the workflows; then lists what is left to do. Existing files are kept.",
    )
    .option("--name <name>", "name of the first monitor", "First list")
    .option("--parts <part:quantity...>", 'its parts, as in "Sensor Board:25,ipn=CBL-0007:50"')
    .option("--schedule <cron>", "when it is checked", "10 7 * * 1-5")
    .option("--timezone <zone>", "IANA time zone of all schedules (default: this machine's)")
    .option("--recipients <address...>", "recipients (default: your address in Git)")
    .option(
      "--action <reference>",
      'the action that workflows use, as in "owner/partwatch@<commit> # v1" (default: this Partwatch, as it was cloned)',
    )
    .addOption(new Option("--target <target>", "what starts the checks").choices(TARGETS).default("github"))
    .option("--git", "make the folder a Git repository if it is not in one (a terminal is asked)")
    .option("--json", "print what was done as JSON")
    .addHelpText(
      "after",
      '\nExample:\n  $ partwatch init --name "Sensor board" --parts "Sensor Board:25" --recipients stock@example.com\n',
    )
    .action(async (flags: InitFlags, command: Command) => {
      const { root, clock } = sessionOf({ command, io, level: "warning", isNewFolder: true });
      const now = clock.now();
      const checkout = openCheckout(root);
      const { branch = "main", defaultBranch, email } = await checkout.describe();
      // An example list notifies nobody; a real one needs an existing recipient.
      if (flags.parts !== undefined && flags.recipients === undefined && email === undefined)
        throw new CommandError("Name the recipients with --recipients: Git has no address for you.", USAGE);
      const result = await init({
        root,
        now,
        timezone: flags.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        branch: defaultBranch ?? branch,
        target: flags.target,
        ...(await actionOf(flags, checkout)),
        read: () => checkout.readForWorkflows(now),
        first: {
          name: flags.name,
          cron: flags.schedule,
          parts: entries(flags.parts ?? []),
          recipients: flags.recipients?.flatMap((text) => text.split(",")).map((text) => text.trim()) ?? [
            email ?? "you@example.com",
          ],
        },
      });
      const given = ["name", "parts", "schedule", "recipients", "target"].filter(
        (name) => command.getOptionValueSource(name) === "cli",
      );
      const failed = result.problems.some(isError);
      if (failed) exit(FAILED);
      const isInGit = failed || (await isRepository(root, { flags, io }));
      if (flags.json) io.json(result);
      else
        io.out(
          `${[...said(result), ...notUsed(result, given)].join("\n")}\n${failed ? "" : checklist({ ...flags, target: result.target, isInGit, columns: io.columns })}`,
        );
    });
}

/** Whether the folder is in a repository; if not, somebody may want to make it one. */
async function isRepository(
  root: string,
  { flags, io }: { readonly flags: InitFlags; readonly io: Terminal },
): Promise<boolean> {
  if ((await placeInRepository(root)) !== undefined) return true;
  const asked =
    flags.git || flags.json || io.ask === null
      ? ""
      : await io.ask(`${root} is in no Git repository. Run git init here? [Y/n] `);
  const isWanted = flags.git || (!flags.json && io.ask !== null && /^(?:y|yes|)$/i.test(asked.trim()));
  return isWanted ? initRepository(root) : false;
}

/** The workflows are to run what runs here. */
async function actionOf(
  { action, target }: InitFlags,
  checkout: Checkout,
): Promise<Pick<InitOptions, "action" | "doubt">> {
  if (action !== undefined) return { action };
  const program = await checkout.programAction();
  if (program.kind === "known") return { action: addressedAction(program.action, { target, server: program.server }) };
  return { action: addressedAction(DEFAULT_ACTION, { target }), doubt: program.why };
}

function entries(parts: readonly string[]) {
  const { entries: read, wrong } = parsePartList(parts);
  if (wrong.length > 0) throw new CommandError(wrong.map((message) => `--parts ${message}`).join("\n"), USAGE);
  return read;
}

/** What was requested and could not be done is reported, never swallowed. */
function notUsed({ usedFirst, problems, kept }: Initialised, given: readonly string[]): string[] {
  if (problems.some(isError)) return [];
  const ofList = given.filter((flag) => flag !== "target");
  const names = ofList.map((flag) => `--${flag}`).join(", ");
  return [
    ...(usedFirst || ofList.length === 0
      ? []
      : [`There are monitors already: ${names} were not used. To add one: partwatch monitor add`]),
    ...(given.includes("target") && kept.includes(CONFIG_FILE)
      ? [
          `${CONFIG_FILE} is there already: --target was not used. Set schedule.target in it, then run partwatch generate.`,
        ]
      : []),
  ];
}

function said({ written, kept, problems }: Initialised): string[] {
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept  ${path}`),
    ...problems.map(formatProblem),
  ];
}
