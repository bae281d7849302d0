// Texts as people, editors, merges and enemies spoil them: always the same for the same seed.
import { type Chance, chanceOf } from "../../crash/support/chance.ts";

/** What hurts where it does not belong. */
const NASTY: readonly string[] = [
  ...[
    "\t",
    "\u0000",
    "\u001b[2J",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\r",
    "\r\n",
    "\n\n",
  ],
  ...[
    ":",
    ": ",
    "#",
    " # ",
    "-",
    "- ",
    "?",
    "? ",
    "|",
    ">",
    "&a ",
    "*a",
    "*",
    "!!js/function ",
    "!!binary ",
    "%YAML 9.9\n",
    "---\n",
    "...\n",
  ],
  ...[
    "{",
    "}",
    "[",
    "]",
    ",",
    '"',
    "'",
    "`",
    "@",
    "<<: *a",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> theirs\n",
    "\\",
    "\\u0000",
    "$" + "{{ x }}",
  ],
  ...[
    "0",
    "-1",
    "1e400",
    "0x1F",
    "0o17",
    "1_000",
    "1,5",
    ".inf",
    ".nan",
    "NaN",
    "null",
    "~",
    "yes",
    "on",
    "2026-02-30",
    "12:30:45",
  ],
  ...["__proto__", "constructor", "toString", "name", "parts", "cron_schedule", "quantity", "🙂", "ß", "é", "\ud83d"],
  ...["x".repeat(3_000), "[".repeat(400), "{a: ".repeat(60), " ".repeat(500), "- ".repeat(300)],
];

type Mutator = (text: string, chance: Chance, other: string) => string;

function cut(text: string, at: number, length: number, put = ""): string {
  return text.slice(0, at) + put + text.slice(at + length);
}

function onLines(change: (lines: string[], chance: Chance) => void): Mutator {
  return (text, chance) => {
    const lines = text.split("\n");
    change(lines, chance);
    return lines.join("\n");
  };
}

function textAt(list: readonly string[], index: number): string {
  return list[index] ?? "";
}

const MUTATORS: readonly Mutator[] = [
  (text, chance) => cut(text, chance.below(text.length + 1), 0, textAt(NASTY, chance.below(NASTY.length))),
  (text, chance) => cut(text, chance.below(text.length + 1), 1, textAt(NASTY, chance.below(NASTY.length))),
  (text, chance) => cut(text, chance.below(text.length + 1), 1 + chance.below(12)),
  (text, chance) => text.slice(0, chance.below(text.length + 1)),
  (text, chance) => cut(text, chance.below(text.length + 1), 1, String.fromCharCode(chance.below(0x250))),
  // A value of another kind.
  (text, chance) => {
    const places = [...text.matchAll(/: ?([^\n{[,}\]]+)/g)];
    const place = places[chance.below(places.length)];
    return place === undefined
      ? text
      : cut(text, place.index + 2, (place[1] ?? "").length, textAt(NASTY, chance.below(NASTY.length)));
  },
  // A word with a slip in it.
  (text, chance) => {
    const at = chance.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2);
  },
  onLines((lines, chance) => void lines.splice(chance.below(lines.length), 1)),
  onLines((lines, chance) => {
    const at = chance.below(lines.length);
    lines.splice(at, 0, textAt(lines, at));
  }),
  onLines((lines, chance) => {
    const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
    [lines[a], lines[b]] = [textAt(lines, b), textAt(lines, a)];
  }),
  onLines((lines, chance) => {
    const at = chance.below(lines.length);
    lines[at] = " ".repeat(chance.below(7)) + textAt(lines, at).trimStart();
  }),
  onLines((lines, chance) => {
    const at = chance.below(lines.length);
    lines[at] = `\t${textAt(lines, at)}`;
  }),
  (text, chance, other) => text.slice(0, chance.below(text.length + 1)) + other.slice(chance.below(other.length + 1)),
  (text) => text.replaceAll("\n", "\r\n"),
  (text, chance) =>
    Array.from({ length: 1 + chance.below(400) }, () => String.fromCharCode(chance.below(0x10000))).join("") +
    text.slice(0, 5),
];

/** The so-manieth spoiled text of that corpus. */
export function spoiled(corpus: readonly string[], seed: number): string {
  const chance = chanceOf(seed);
  let text = textAt(corpus, chance.below(corpus.length));
  const other = textAt(corpus, chance.below(corpus.length));
  const times = 1 + chance.below(4);
  for (let time = 0; time < times; time += 1) {
    const mutator = MUTATORS[chance.below(MUTATORS.length)];
    text = mutator?.(text, chance, other) ?? text;
  }
  return text;
}
