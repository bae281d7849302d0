import type { Command } from "commander";
import { createProgram } from "../src/cli/program.ts";
import { systemClock } from "../src/system/clock.ts";
import { put } from "./generated.ts";

const INTRO = `# Commands

<!-- Made by npm run generate from the commands' own help. -->

Every command has \`--help\`. Exit codes: **0** all is well (a shortage is no failure; \`--fail-on\` makes it one), **1** something that
you can mend, or a failed check, channel or state, **2** the command line itself is wrong. With \`--json\` the result is
JSON on standard output; logs and messages go to standard error. Text is wrapped to the terminal's width, at least 40 and at
most 160 columns, and to 80 in a pipe; JSON, the diffs of \`generate --check\` and the lines of a log in a pipe are not.

- **PART** is a name, \`ipn=X\` or \`#pk\`; the last colon splits PART:QTY. In a shell, \`#12\` needs quotes.
- A **monitor** is named by its id; \`monitor …\`, \`preview\`, \`alerts\` and \`ack\` take as much of its beginning as is unique, too.
- What \`monitor add\`, \`update\` and \`import\` write is validated before, as \`validate\` would; a file is changed in place, so that
  remarks, order and style stay.
- State is read and written in this clone, on the branch \`partwatch-state\` ([what is remembered](state.md)).
`;

/** Writes docs/cli.md: the help of every command, and the options that all have once. */
export async function writeCliReference(): Promise<void> {
  const written: string[] = [];
  const io = {
    out: (text: string) => void written.push(text),
    err: () => {},
    env: {},
    cwd: ".",
    clock: systemClock,
    columns: 100,
    color: false,
    interactive: false,
    ask: null,
  };
  const { program, load } = createProgram({ io, exit: () => {} });
  await load();
  const help = (command: Command): string => {
    written.length = 0;
    command.outputHelp();
    return written.join("").trim();
  };
  const sections = leaves(program).map((command) => {
    const own = help(command).replace(/\n+Global Options:\n(?: .*\n)+/, "\n");
    return `## ${nameOf(command)}\n\n${fence(own)}`;
  });
  await put(
    "docs/cli.md",
    `${[INTRO.trimEnd(), `## partwatch\n\n${fence(help(program))}`, ...sections].join("\n\n")}\n`,
  );
}

/** All commands that do something, in the program's order. */
function leaves(command: Command): readonly Command[] {
  return command.commands.flatMap((one) => (one.commands.length > 0 ? leaves(one) : [one]));
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
