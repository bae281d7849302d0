import { textWidth, visibleWidth } from "./text-width.ts";

/** The prefix of a line: a mark or number of a list, or a label with a gap after it. */
const LEAD = /^ *(?:[-→✓!✗] |\d+\. |\S+?(?: \S+)*? {2,}(?=\S))/;
/** Everything on the line so far belongs to its prefix. */
const MARK = /^ *(?:[-→✓!✗$]|\d+\.)?$/;
const COMMAND = /^ *\$ /;

/**
 * Text for people, with no line wider than that: the rest goes to a further line, indented so that everybody sees
 * where the next one begins. Lines that fit stay as they are. A single word (a path, a link) and a command in a sentence
 * stay whole, so that they can be copied; a line that begins with `$ ` is a shell command and stays one.
 */
export function fitLines(text: string, width: number): string {
  return text
    .split("\n")
    .map((line) => (visibleWidth(line) <= width ? line : fitLine(line, width)))
    .join("\n");
}

/** A line that is a shell command, with a backslash where it is broken. */
export function fitCommand(line: string, width: number): string {
  if (visibleWidth(line) <= width) return line;
  const words = line.match(/ *(?:"[^"]*"|[^ "])+/g) ?? [];
  return pack({ words, width: width - " \\".length, indent: " ".repeat(indentOf(line) + 4) }).join(" \\\n");
}

/** A command in the middle of a sentence, as far as flags, paths, addresses and quotes show where it ends. */
const INNER_COMMAND =
  /\b(?:git|rm|node|npx|gh|partwatch) (?:[a-z][a-z-]*(?= |$)(?: (?:--?[\w-][^ ]*|<[^>]+>|'[^']*'|"[^"]*"|[^ ]*[^ .,;:][/=:.@][^ .,;:][^ ]*|\w[\w-]* (?=[^ ]*[^ ][/=:.@][^ .,;:])[^ ]+|[0-9a-f]{40}\S*))+|'[^']*'|-[^ ]+(?: [^ ]+)*|[^ ]*\/[^ ]*)/g;
/** Marks a blank at which no line is broken. */
const TIE = "\ue001";

function fitLine(line: string, width: number): string {
  if (COMMAND.test(line)) return fitCommand(line, width);
  return fitSentence(
    line.replace(INNER_COMMAND, (command) => command.replaceAll(" ", TIE)),
    width,
  ).replaceAll(TIE, " ");
}

function fitSentence(line: string, width: number): string {
  const lead = textWidth(LEAD.exec(line)?.[0] ?? "");
  const indent = " ".repeat(lead > 0 && lead <= width / 2 ? lead : indentOf(line) + 2);
  return pack({ words: line.match(/ *[^ ]+/g) ?? [], width, indent }).join("\n");
}

/** Puts words, each with the blanks before it, onto lines. A flag stays beside its value if possible. */
function pack(options: {
  readonly words: readonly string[];
  readonly width: number;
  readonly indent: string;
}): string[] {
  const { words, width, indent } = options;
  const lines: string[] = [];
  for (const [at, word] of words.entries()) {
    const before = lines.at(-1);
    const value = /^ *--/.test(word) ? (words[at + 1] ?? "") : "";
    const room = width - visibleWidth(before ?? "");
    const isBeginning = before !== undefined && MARK.test(before);
    if (before !== undefined && (isBeginning || visibleWidth(word + value) <= room)) lines[lines.length - 1] += word;
    else lines.push(before === undefined ? word : indent + word.trimStart());
  }
  return lines;
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
