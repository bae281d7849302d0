import type { Command } from "commander";
import { type Initialised, type InitOptions, init } from "../app/init.ts";
import { formatProblem } from "../core/problem.ts";
import { parsePartList } from "../core/settings/part-list.ts";
import { fitCommand } from "../core/view/fit-lines.ts";
import { DEFAULT_ACTION } from "../core/workflow/settings.ts";
import { type Checkout, openCheckout } from "../wire-checkout.ts";
import type { CommandContext } from "./commands.ts";
import { CommandError, FAILED, USAGE } from "./exit.ts";
import { sessionOf } from "./session.ts";

interface InitFlags {
  readonly name: string;
  readonly parts?: readonly string[];
  readonly schedule: string;
  readonly timezone?: string;
  readonly recipients?: readonly string[];
  readonly action?: string;
  readonly json?: true;
}

/** `partwatch init`: makes a repository ready, and says what is left to do. */
export function addInit(program: Command, { io, exit }: CommandContext): void {
  program
    .command("init")
    .summary("make a repository ready for Partwatch")
    .description(
      "Writes partwatch.yaml, a first monitor, schemas for editors, and the GitHub workflows; then says which secrets to set. What is there stays as it is.",
    )
    .option("--name <name>", "name of the first monitor", "First list")
    .option("--parts <part:quantity...>", 'its parts, as in "Sensor Board:25,ipn=CBL-0007:50"')
    .option("--schedule <cron>", "when it is checked", "10 7 * * 1-5")
    .option("--timezone <zone>", "IANA time zone of all schedules (default: this machine's)")
    .option("--recipients <address...>", "who is told (default: you, as Git knows you)")
    .option(
      "--action <reference>",
      'the action that workflows use, as in "owner/partwatch@<commit> # v1" (default: this Partwatch, as it was cloned)',
    )
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
      // A list that is an example tells nobody; one that is meant tells somebody who is there.
      if (flags.parts !== undefined && flags.recipients === undefined && email === undefined)
        throw new CommandError("Name with --recipients who is told: Git knows no address of yours.", USAGE);
      const result = await init({
        root,
        now,
        timezone: flags.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
        branch: defaultBranch ?? branch,
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
      const unused = ["name", "parts", "schedule", "recipients"].filter(
        (name) => command.getOptionValueSource(name) === "cli",
      );
      const failed = result.problems.some((problem) => problem.severity !== "warning");
      if (failed) exit(FAILED);
      if (flags.json) io.json(result);
      else
        io.out(
          `${[...said(result), ...notUsed(result, unused)].join("\n")}\n${failed ? "" : checklist(flags, io.columns)}`,
        );
    });
}

/** What runs here is what the workflows are to run. */
async function actionOf({ action }: InitFlags, checkout: Checkout): Promise<Pick<InitOptions, "action" | "doubt">> {
  if (action !== undefined) return { action };
  const program = await checkout.programAction();
  return program.kind === "known" ? { action: program.action } : { action: DEFAULT_ACTION, doubt: program.why };
}

function entries(parts: readonly string[]) {
  const { entries: read, wrong } = parsePartList(parts);
  if (wrong.length > 0) throw new CommandError(wrong.map((message) => `--parts ${message}`).join("\n"), USAGE);
  return read;
}

/** What was asked for and could not be done is said, never swallowed. */
function notUsed({ usedFirst, problems }: Initialised, flags: readonly string[]): string[] {
  const failed = problems.some((problem) => problem.severity !== "warning");
  if (usedFirst || flags.length === 0 || failed) return [];
  const names = flags.map((flag) => `--${flag}`).join(", ");
  return [`There are monitors already: ${names} were not used. To add one: partwatch monitor add`];
}

function said({ written, kept, problems }: Initialised): string[] {
  return [
    ...written.map((path) => `wrote ${path}`),
    ...kept.map((path) => `kept  ${path}`),
    ...problems.map(formatProblem),
  ];
}

/** What has to be done by hand, once. */
function checklist({ parts }: InitFlags, columns: number): string {
  const lists = parts === undefined ? "Write your parts into monitors/" : "Look at the list in monitors/";
  const text = `
What is left to do:

1. Tell GitHub where InvenTree and the mail server are. The token's user needs to view parts, stock, build, purchase and sales orders, and nothing more.

   gh variable set INVENTREE_URL --body https://inventree.example.com
   gh secret set INVENTREE_API_TOKEN
   gh variable set EMAIL_SMTP_SERVER --body smtp.example.com
   gh variable set EMAIL_SMTP_PORT --body 587
   gh variable set EMAIL_USE_TLS --body true
   gh secret set EMAIL_USERNAME
   gh secret set EMAIL_PASSWORD
   gh variable set EMAIL_SENDER_ADDRESS --body partwatch@example.com
   gh variable set ADMIN_EMAIL_RECIPIENTS --body admin@example.com

2. Let somebody look at changes of lists and recipients: in .github/CODEOWNERS

   /monitors/       @your-org/purchasing
   /partwatch.yaml  @your-org/admins

3. ${lists}, then:

   partwatch validate && partwatch generate
   git add --all && git commit -m "Watch our parts" && git push
   gh workflow run Partwatch
`;
  // A command that is broken must still be one when it is copied.
  const isCommand = (line: string) => /^ {3}(gh|git|partwatch) /.test(line);
  return text
    .split("\n")
    .map((line) => (isCommand(line) ? fitCommand(line, columns) : line))
    .join("\n");
}
