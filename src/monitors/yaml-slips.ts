import { cronOfShortcut } from "../core/schedule/cron.ts";
import { printable } from "../core/text/printable.ts";
import { meantField } from "./near-fields.ts";

/** A mistake in one line, with the fix. */
export interface LineSlip {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Where in the line, from 0, and the message. */
type Found = readonly [index: number, message: string];

/** The mistake that makes a line invalid YAML; undefined if none is recognized. */
export function lineSlip(text: string, line: number): LineSlip | undefined {
  for (const look of LOOKS) {
    const found = look(text);
    if (found !== undefined) return { line, column: found[0] + 1, message: printable(found[1]) };
  }
  return undefined;
}

/** A text as YAML reads it as text: unquoted if nothing in it has a meaning, else in quotes. */
export function yamlText(text: string): string {
  const isPlain = /^[\p{L}\d][\p{L}\d\p{M} _.()+/-]*$/u.test(text) && !/^(?:true|false|null|[\d.]+)$/i.test(text);
  return isPlain ? text : inQuotes(text);
}

function inQuotes(text: string): string {
  if (!/["\\]/.test(text)) return `"${text}"`;
  return text.includes("'") ? `"${text.replace(/["\\]/g, "\\$&")}"` : `'${text}'`;
}

/** A line without its indentation and the dashes of entries: its field and its value. */
const LINE = /^(\s*(?:- +)*)([\p{L}_][\p{L}\d_-]*)(:[ \t]+)(\S.*?)\s*$/u;
/** All fields of lists and partwatch.yaml look like this. */
const FIELD = "[a-z][a-z_]*";

const LOOKS: readonly ((text: string) => Found | undefined)[] = [
  mergeMarks,
  oddBlank,
  oddPunctuation,
  missingBlank,
  otherSigns,
  reservedStart,
  quoteSlip,
  jsonComma,
  roundBrackets,
  bracketInText,
  colonInText,
  colonInEntry,
  bareNumber,
  doubleComma,
  flowSlip,
];

function mergeMarks(text: string): Found | undefined {
  const [marks] = /^(?:<{7}|={7}|>{7})/.exec(text) ?? [];
  if (marks === undefined) return undefined;
  return [
    0,
    `two versions of this file were merged here (${marks}); keep one of them and delete the lines with marks.`,
  ];
}

/** Characters that look like a blank but are not one in YAML: at the start of a line, after a colon or a dash. */
function oddBlank(text: string): Found | undefined {
  const [all, before = "", blank = ""] =
    /^(\s*?(?:-|[\p{L}_]+:)?[ \t]*)([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff])/u.exec(text) ?? [];
  if (all === undefined) return undefined;
  const code = (blank.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return [before.length, `a blank that is none to YAML stands here (U+${code}); type plain blanks.`];
}

function oddPunctuation(text: string): Found | undefined {
  const [, before = "", colon] = new RegExp(`^(\\s*(?:- +)*${FIELD}\\s*)([：﹕︓꞉ː])`, "iu").exec(text) ?? [];
  if (colon !== undefined) return [before.length, `the colon ${colon} is another letter; write : and a blank.`];
  const [, blanks = "", mark] =
    /^(\s*)([–—−‐•●▪◦·*]|\d{1,3}[.)](?=\s+[a-z_]+:\s))\s*(?:[\p{L}{"']|$)/u.exec(text) ?? [];
  if (mark === undefined) return undefined;
  return [blanks.length, `an entry begins with - and a blank, not with ${mark.replace(/\.$/, "")}.`];
}

function missingBlank(text: string): Found | undefined {
  const [, blanks = "", rest] = /^(\s*)-([\p{L}{"'].*)$/u.exec(text) ?? [];
  if (rest !== undefined) return [blanks.length + 1, `a blank is missing behind the dash: write - ${rest.trim()}`];
  const [, before = "", name, value] = new RegExp(`^(\\s*(?:- +)*)(${FIELD}):([^\\s:/].*)$`).exec(text) ?? [];
  if (name === undefined || value === undefined || /:[ \t]/.test(value)) return undefined;
  return [before.length + name.length + 1, `a blank is missing behind the colon: write ${name}: ${value.trim()}`];
}

function otherSigns(text: string): Found | undefined {
  const remark = /^(\s*)(?:\/\/|;|--\s|%)/.exec(text);
  if (remark !== null) return [remark[1]?.length ?? 0, "a remark begins with #."];
  const sign = new RegExp(`^(\\s*(?:- +)*)(${FIELD})(\\s*=\\s*)(\\S.*)$`, "i").exec(text);
  if (sign !== null) {
    const [, before = "", name = "", , value = ""] = sign;
    return [before.length + name.length, `a colon and a blank stand behind a field: write ${name}: ${value.trim()}`];
  }
  const bare = new RegExp(`^(\\s*(?:- +)*)(${NAMES})\\s+([^:\\s].*)$`).exec(text);
  if (bare === null || /:\s/.test(text)) return undefined;
  const [, before = "", name = "", value = ""] = bare;
  return [before.length + name.length, `a colon is missing: write ${name}: ${value.trim()}`];
}

/** What can only be without a colon by mistake. */
const NAMES =
  "name|cron_schedule|timezone|description|language|quantity|ipn|pk|version|recipients|notify_condition|active|minimum|until|reason|id";

/** Characters with a meaning at the beginning of a value. */
function reservedStart(text: string): Found | undefined {
  const [, before = "", name = "", gap = "", value = ""] = LINE.exec(text) ?? [];
  const index = before.length + name.length + gap.length;
  const field = meantField(name, ["cron_schedule"]) ?? name;
  const shortcut = cronOfShortcut(value);
  if (shortcut !== undefined)
    return [index, `shortcuts as ${value} are not supported; write ${field}: "${shortcut}" (in quotes).`];
  if (field === "cron_schedule" && value.startsWith("@"))
    return [index, `shortcuts as ${value} are not supported; write five fields, as in ${field}: "10 7 * * 1-5".`];
  if (field === "cron_schedule" && value.startsWith("*"))
    return [index, `a value that starts with * must be in quotes: write ${field}: "${value}".`];
  const isReserved =
    /^[@`%&!*]/.test(value) || /^[|>](?![+-]?\d?[+-]?\s*(?:#.*)?$)/.test(value) || /^[?-]\s/.test(value);
  if (name !== "" && isReserved)
    return [index, `a text that begins with ${value.slice(0, 1)} must be in quotes: write ${name}: ${inQuotes(value)}`];
  const inFlow = /[[{,]\s*(?:[a-z_]+:\s+)?([@`%&!|>][^,\]}]*)/.exec(text);
  if (inFlow === null) return undefined;
  const [found, word = ""] = inFlow;
  return [
    inFlow.index + found.length - word.length,
    `a text that begins with ${word.slice(0, 1)} must be in quotes: write ${inQuotes(word.trim())}`,
  ];
}

function quoteSlip(text: string): Found | undefined {
  const [, before = "", name = "", gap = "", value = ""] = LINE.exec(text) ?? [];
  const [mark = ""] = value;
  if (mark !== '"' && mark !== "'") return undefined;
  const index = before.length + name.length + gap.length;
  const wrong = /\\(?![0abtnvfre "/\\N_LPxuU])/.exec(value);
  if (mark === '"' && wrong !== null) {
    const inner = value.replace(/^"|"$/g, "");
    return [index + wrong.index, `a backslash in double quotes begins a sign of its own: write ${name}: '${inner}'`];
  }
  const whole = mark === '"' ? /^"(?:[^"\\]|\\.)*"/.exec(value) : /^'(?:[^']|'')*'/.exec(value);
  if (whole === null) return [index, `the quote ${mark} that begins here is never closed; add one at the text's end.`];
  const behind = value.slice(whole[0].length).trimStart();
  if (behind === "" || behind.startsWith("#")) return undefined;
  const isClosed = value.length > 1 && value.endsWith(mark);
  const inner = isClosed ? value.slice(1, -1) : `${whole[0].slice(1, -1)} ${behind}`;
  const why = isClosed ? `a ${mark} inside of the text ends it here` : "text stands behind the closing quote";
  return [index + whole[0].length, `${why}: write ${name}: ${inQuotes(inner)}`];
}

/** `"name": "Board",`, as in JSON. */
function jsonComma(text: string): Found | undefined {
  const [, line] = /^(\s*(?:- +)*(?:"[^"]*"|[a-z_]+):\s+(?:"[^"]*"|'[^']*'|[\d.]+)),\s*$/.exec(text) ?? [];
  return line === undefined ? undefined : [line.length, `a line ends without a comma: write ${line.trim()}`];
}

/** `- (name: a, quantity: 25)` */
function roundBrackets(text: string): Found | undefined {
  const [, before = "", inner] = /^(\s*-\s*)\(([a-z_]+:\s.*)\)\s*$/.exec(text) ?? [];
  return inner === undefined ? undefined : [before.length, `fields in one line stand in braces: write - { ${inner} }`];
}

/** `name: [old] board`: a bracket at the beginning makes a list of it. */
function bracketInText(text: string): Found | undefined {
  const [, before = "", name = "", gap = "", value = ""] = LINE.exec(text) ?? [];
  if (!/^(?:\[[^\]]*\]|\{[^}]*\})\s*[^\s#,\]}]/.test(value)) return undefined;
  const index = before.length + name.length + gap.length;
  const addresses = value.match(/[^\s,;:<>()[\]"']+@[^\s,;:<>()[\]"']+/g);
  if (addresses !== null) return [index, `write all of them in one list: ${name}: [${addresses.join(", ")}]`];
  return [index, `a text that begins with ${value.slice(0, 1)} must be in quotes: write ${name}: ${inQuotes(value)}`];
}

function colonInText(text: string): Found | undefined {
  const [, before = "", name = "", gap = "", value = ""] = LINE.exec(text) ?? [];
  if (value === "" || /^["'[{|>&*!#]/.test(value)) return undefined;
  const plain = value.replace(/\s+#.*$/, "");
  const inner = /:(?=\s)|:$/.exec(plain);
  if (inner === null) return undefined;
  const index = before.length + name.length + gap.length;
  const [, first, next = "", more = ""] = new RegExp(`^(.*?),?\\s+(${NAMES}):\\s+(\\S.*)$`).exec(plain) ?? [];
  if (first !== undefined && !/:\s/.test(`${first}${more}`)) {
    const inBraces = before.includes("-") ? `, or write - { ${name}: ${yamlText(first)}, ${next}: ${more} }` : "";
    return [plain.indexOf(`${next}:`) + index, `${next} stands in a line of its own${inBraces}`];
  }
  return [index, `a colon and a blank in a text need quotes: write ${name}: ${inQuotes(plain)}`];
}

/** `- Sensor Board: B: 25` */
function colonInEntry(text: string): Found | undefined {
  const [, before = "", name, quantity = ""] =
    /^(\s*-\s+)(\p{L}[^"'{}[\]#]*:\s[^"'{}[\]#]*):\s+(\d+(?:\.\d+)?)\s*$/u.exec(text) ?? [];
  if (name === undefined || new RegExp(`^(?:${NAMES}):`).test(name)) return undefined;
  return [before.length, `write - { name: ${yamlText(name)}, quantity: ${quantity} }`];
}

/** A line that is a number alone. */
function bareNumber(text: string): Found | undefined {
  const [, blanks = "", number] = /^(\s*)(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  return number === undefined ? undefined : [blanks.length, `a field is missing: write quantity: ${number}`];
}

/** `[a@example.com,, b@example.com]` */
function doubleComma(text: string): Found | undefined {
  const found = /(?<=[[{,][^"'#]*),(?=\s*[,\]}])(?!\s*[\]}])/.exec(text);
  return found === null ? undefined : [found.index, "this comma is one too many; delete it."];
}

/** Between braces: a missing comma, or a text with a colon in it. */
function flowSlip(text: string): Found | undefined {
  for (const piece of text.matchAll(/([{,]\s*)([a-z_]+):\s+([^,{}[\]"']+)/g)) {
    const [, lead = "", name = "", value = ""] = piece;
    const start = piece.index + lead.length;
    const next = new RegExp(`\\s(${NAMES}):\\s`).exec(value);
    if (next !== null) {
      const field = next[1] ?? "";
      return [
        start + name.length + 2 + next.index,
        `a comma is missing before ${field}: write ${name}: ${value.slice(0, next.index).trim()}, ${field}: …`,
      ];
    }
    if (/\s#/.test(value) && !/\}/.test(text.slice(piece.index).split(" #")[0] ?? ""))
      return [
        start + name.length + 2 + value.search(/\s#/) + 1,
        `what stands behind # is a remark, so the brace { is never closed: write ${name}: ${inQuotes(value.trim())}`,
      ];
    if (/:\s/.test(value))
      return [
        start + name.length + 2,
        `a colon and a blank in a text need quotes: write ${name}: ${inQuotes(value.trim())}`,
      ];
  }
  return undefined;
}
