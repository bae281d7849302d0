import { isAbsolute, join } from "node:path";
import { type Command, Option } from "commander";
import type { ListEntry } from "../../../core/monitor.ts";
import { formatProblem } from "../../../core/problem.ts";
import type { Config } from "../../../core/settings/config.ts";
import { keepVersions, type NewParts, parsePartList } from "../../../core/settings/part-list.ts";
import { wrapToWidth } from "../../../core/text/text-width.ts";
import { readParts } from "../../../wire/checkout.ts";
import { CommandError, USAGE } from "../../exit.ts";
import type { Io } from "../../io.ts";

/** The flags of `monitor add` and `monitor update`; absent ones were not given. */
export interface FieldFlags {
  readonly name?: string;
  readonly parts?: readonly string[];
  readonly partsFile?: string;
  readonly lists?: readonly string[];
  readonly schedule?: string;
  readonly timezone?: string;
  readonly recipients?: readonly string[];
  readonly notifyCondition?: "on_change" | "always" | "digest";
  readonly active?: boolean | "true" | "false";
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly language?: "en" | "de";
}

/** The flags for a monitor's fields. */
export function addFieldOptions(command: Command): Command {
  const one = (flags: string, says: string) => new Option(flags, says);
  const several = (flags: string, says: string) =>
    one(flags, says).argParser((text: string, before: readonly string[] = []) => [...before, text]);
  return command
    .option("--name <name>", "what people call this list; the subject of its mails")
    .addOption(
      several(
        "--parts <list>",
        'the whole parts list, as in "A:10,B:5": PART is a name, ipn=X or #pk; it is split at commas that follow a quantity',
      ),
    )
    .option("--parts-file <file>", "the whole parts list from a CSV, JSON or YAML file")
    .addOption(
      several("--lists <ids>", "instead of parts, the ids of the lists of a plan, separated by commas, or all"),
    )
    .option("--schedule <cron>", 'when it is checked: five fields, as in "10 7 * * 1-5"')
    .option("--timezone <zone>", "IANA time zone of the schedule and of dates")
    .addOption(several("--recipients <addresses>", "recipients, separated by commas"))
    .addOption(
      one("--notify-condition <condition>", "when they are notified").choices(["on_change", "always", "digest"]),
    )
    .addOption(one("--active [true|false]", "whether the schedule checks it").choices(["true", "false"]).preset("true"))
    .addOption(one("--no-active", "the same as --active false"))
    .option("--description <text>", "a sentence for the readers of the mail")
    .addOption(several("--tags <words>", "words to group by, separated by commas"))
    .addOption(one("--language <language>", "language of mails and reports").choices(["en", "de"]));
}

const PARTS_HELP =
  'Names of parts may have commas in them: --parts is split only at commas that follow a quantity, and in each piece the last colon splits PART:QTY. So "Nut, M3:100,Screw, M3:50" are two parts. Where that is not enough (a name that ends like a quantity, a version), use --parts-file:';

const FILES_HELP = `  CSV          name,version,quantity (or ipn, pk), the first row names them
  JSON, YAML   a list of entries as in a monitor, or a field "parts" with one`;

/** Text below the help of both, with an example. */
export function fieldHelp(example: string, columns: number): string {
  const lines = [
    "",
    ...wrapToWidth(PARTS_HELP, columns),
    FILES_HELP,
    "",
    "Example:",
    `  $ partwatch monitor ${example}`,
  ];
  return `${lines.join("\n")}\n`;
}

export interface FieldsInput {
  readonly flags: FieldFlags;
  readonly io: Io;
  readonly config: Config;
  /** The present parts list. */
  readonly before?: readonly ListEntry[] | undefined;
}

/** The file's fields from the flags; an empty text removes a field. Throws CommandError for invalid values. */
export async function fieldsFrom(
  input: FieldsInput,
): Promise<{ readonly fields: Readonly<Record<string, unknown>>; readonly notes: readonly string[] }> {
  const { flags } = input;
  const { parts, notes } = await partsFrom(input);
  const said = {
    name: flags.name,
    description: flags.description,
    tags: words(flags.tags),
    active: flags.active === undefined ? undefined : String(flags.active) === "true",
    cron_schedule: flags.schedule,
    timezone: flags.timezone,
    parts,
    lists: listsOf(flags.lists),
    recipients: words(flags.recipients),
    notify_condition: flags.notifyCondition,
    language: flags.language,
  };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  const fields = Object.fromEntries(given.map(([name, value]) => [name, isEmpty(name, value) ? undefined : value]));
  return { fields, notes };
}

async function partsFrom({
  flags,
  io,
  config,
  before = [],
}: FieldsInput): Promise<Partial<NewParts> & Pick<NewParts, "notes">> {
  const { parts: texts, partsFile: file } = flags;
  if (texts !== undefined && file !== undefined)
    throw new CommandError("--parts and --parts-file exclude each other.", USAGE);
  if (texts !== undefined) {
    const { entries, wrong } = parsePartList(texts);
    if (wrong.length > 0) throw new CommandError(wrong.map((message) => `--parts ${message}`).join("\n"), USAGE);
    return keepVersions(entries, before);
  }
  if (file === undefined) return { notes: [] };
  const path = isAbsolute(file) ? file : join(io.cwd, file);
  const { parts, problems } = await readParts({ path, file, config, now: io.clock.now() });
  const said = problems.map(formatProblem);
  if (parts === undefined) throw new CommandError([...said, "Nothing was written."].join("\n"));
  for (const line of said) io.err(`${line}\n`);
  return { parts, notes: [] };
}

/** An empty name, cron or list of parts is a mistake, which validation reports; other fields can be removed. */
function isEmpty(name: string, value: unknown): boolean {
  if (name === "name" || name === "cron_schedule" || name === "parts" || name === "lists") return false;
  return value === "" || (Array.isArray(value) && value.length === 0);
}

function listsOf(texts: readonly string[] | undefined): readonly string[] | "all" | undefined {
  const ids = words(texts);
  return ids?.length === 1 && ids[0] === "all" ? "all" : ids;
}

function words(texts: readonly string[] | undefined): readonly string[] | undefined {
  return texts
    ?.flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}
