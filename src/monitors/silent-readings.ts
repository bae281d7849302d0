import type { Problem } from "../core/problem.ts";
import { field } from "../core/records.ts";
import { localDate } from "../core/schedule/local-date.ts";
import { zoneProblem } from "../core/schedule/zone.ts";
import type { Config } from "../core/settings/config.ts";
import { blankFault } from "../core/text/letter-forms.ts";
import { printable } from "../core/text/printable.ts";
import { type Path, pathText, type YamlDocument } from "./yaml.ts";
import { yamlText } from "./yaml-slips.ts";

interface Reading {
  readonly document: YamlDocument;
  readonly config: Config;
  readonly now: Date;
  /** The position is certainly wrong, so no guess is needed. */
  readonly found: readonly Problem[];
}

interface Doubt {
  readonly path: Path;
  readonly message: string;
}

/** What is read in a way that somebody may not have meant: warnings, at the value's place. */
export function silentReadings({ document, config, now, found }: Reading): Problem[] {
  const today = localDate(now, zoneOf(document, config));
  const doubts = [
    ...numberDoubts(document, "parts", "quantity"),
    ...numberDoubts(document, "watch", "minimum"),
    ...textDoubts(document),
    ...twinDoubts(document),
    ...pastDoubts(document, today),
  ];
  return doubts.flatMap(({ path, message }): Problem[] => {
    const text = pathText(path);
    // If a comma has cut a value, nothing about the entry is certain.
    const entry = /^(?:parts|watch)\[\d+\]/.exec(text)?.[0];
    const isWrong = found.some(
      ({ path: one = "" }) =>
        one === text || one.startsWith(`${text}.`) || (entry !== undefined && one.startsWith(`${entry}.`)),
    );
    if (isWrong) return [];
    return [
      { file: document.file, ...document.placeOf(path), path: text, message: printable(message), severity: "warning" },
    ];
  });
}

/** Numbers that are written as few people read them. */
function numberDoubts(document: YamlDocument, list: string, name: string): Doubt[] {
  return entriesOf(document.value, list).flatMap((entry, index): Doubt[] => {
    const value = field(entry, name);
    const path = [list, index, name];
    const source = document.scalarOf(path)?.source;
    if (typeof value !== "number" || source === undefined) return [];
    const message = numberDoubt(source, value);
    return message === undefined ? [] : [{ path, message }];
  });
}

function numberDoubt(source: string, value: number): string | undefined {
  if (/^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(source)) {
    const whole = source.replace(".", "");
    const same = value === Math.round(value) ? String(value) : `${source}0`;
    return `${source} is read as ${value}; write ${whole} if thousands are meant, else ${same}.`;
  }
  if (/^[+-]?0\d/.test(source))
    return `${source} is read as ${value}; write ${value}, since a 0 in front means other things elsewhere.`;
  if (/^0[xo]/i.test(source)) return `${source} is read as ${value}; write ${value}.`;
  return /^[+-]?[\d.]+e/i.test(source) ? `${source} is read as ${value}; write the number out.` : undefined;
}

/** Fields that name something in InvenTree, where each letter counts. */
const NAMING = ["name", "ipn", "version", "part", "category", "location"];
const LISTS = ["parts", "watch", "silences"] as const;

function textDoubts(document: YamlDocument): Doubt[] {
  const { value } = document;
  const named = LISTS.flatMap((list) =>
    entriesOf(value, list).flatMap((entry, index) =>
      [...NAMING, "reason"].map((name) => ({ path: [list, index, name], text: field(entry, name) })),
    ),
  );
  const top = ["name", "description"].map((name) => ({ path: [name], text: field(value, name) }));
  const tags = entriesOf(value, "tags").map((text, index) => ({ path: ["tags", index], text }));
  return [...top, ...tags, ...named].flatMap(({ path, text }): Doubt[] => {
    if (typeof text !== "string" || text === "") return [];
    return [
      ...blankDoubts(path, text),
      ...remarkDoubts(document, { path, text }),
      ...anchorDoubts(document, { path, text }),
    ];
  });
}

/** Invisible characters in a list's own name are checked elsewhere. */
function blankDoubts(path: Path, text: string): Doubt[] {
  if (path[0] === "tags" || (path.length === 1 && path[0] === "name")) {
    const at = text === text.trimStart() ? "ends" : "begins";
    const message = `${JSON.stringify(printable(text, 60))} ${at} with a blank; leave it out if it is not meant.`;
    return text === text.trim() ? [] : [{ path, message }];
  }
  const fault = path.length > 1 && path.at(-1) !== "reason" ? blankFault(text) : undefined;
  return fault === undefined
    ? []
    : [
        {
          path,
          message: `${JSON.stringify(printable(text, 60))} ${fault}; a part's name must be the same to the letter.`,
        },
      ];
}

/** `Cable #2` is Cable and a comment; people put a blank after the # of a comment. */
function remarkDoubts(document: YamlDocument, { path, text }: { readonly path: Path; readonly text: string }): Doubt[] {
  const scalar = document.scalarOf(path);
  const remark = scalar?.remark ?? "";
  if (scalar?.isPlain !== true || !/^[^\s#!]/.test(remark)) return [];
  const whole = `${text} #${remark.split("\n")[0]}`;
  return [
    {
      path,
      message: `is read as ${yamlText(text)}: what stands behind # is a remark; write "${printable(whole, 80)}" in quotes if it is meant.`,
    },
  ];
}

/** `&cable x` is x with an anchor that nothing refers to. */
function anchorDoubts(document: YamlDocument, { path, text }: { readonly path: Path; readonly text: string }): Doubt[] {
  const anchor = document.scalarOf(path)?.anchor;
  if (anchor === undefined) return [];
  const whole = `&${anchor} ${text}`;
  return [{ path, message: `is read as ${yamlText(text)}; write "${printable(whole, 80)}" in quotes if it is meant.` }];
}

/** Two entries of one part: both count. */
function twinDoubts(document: YamlDocument): Doubt[] {
  return ["parts", "watch"].flatMap((list) => {
    const first = new Map<string, number>();
    return entriesOf(document.value, list).flatMap((entry, index): Doubt[] => {
      const key = list === "parts" ? entryKey(entry) : ruleKey(entry);
      const before = key === undefined ? undefined : first.get(key);
      if (key === undefined || before === undefined) {
        if (key !== undefined) first.set(key, index);
        return [];
      }
      const { line } = document.placeOf([list, before]);
      const both = list === "parts" ? `both count${sumOf(document, [before, index])}` : "both rules count";
      return [
        {
          path: [list, index],
          message: `is in the list already (line ${line}): ${both}; keep one of them if that is not meant.`,
        },
      ];
    });
  });
}

function sumOf(document: YamlDocument, indexes: readonly number[]): string {
  const entries = entriesOf(document.value, "parts");
  const [one, other] = indexes.map((index) => field(entries[index], "quantity"));
  return typeof one === "number" && typeof other === "number" ? `, ${Number((one + other).toFixed(5))} in all` : "";
}

function entryKey(entry: unknown): string | undefined {
  const [pk, ipn, name, version, day] = ["pk", "ipn", "name", "version", "needed_by"].map((one) => field(entry, one));
  if (pk !== undefined) return JSON.stringify(["pk", pk, day]);
  if (ipn !== undefined) return JSON.stringify(["ipn", ipn, version, day]);
  return name === undefined ? undefined : JSON.stringify(["name", name, version, day]);
}

function ruleKey(entry: unknown): string | undefined {
  const [part, category, location] = ["part", "category", "location"].map((one) => field(entry, one));
  return part === undefined && category === undefined ? undefined : JSON.stringify([part, category, location]);
}

/** Dates are checked together with the other rules for them. */
function pastDoubts(document: YamlDocument, today: string): Doubt[] {
  return entriesOf(document.value, "silences").flatMap((entry, index): Doubt[] => {
    const day = field(entry, "until");
    if (typeof day !== "string" || !/^\d{4}-\d\d-\d\d$/.test(day) || day >= today) return [];
    const message = `${day} is in the past; the silence is over: delete it, or set a later day.`;
    return [{ path: ["silences", index, "until"], message }];
  });
}

function zoneOf(document: YamlDocument, { monitorDefaults }: Config): string {
  const own = field(document.value, "timezone");
  return typeof own === "string" && zoneProblem(own) === undefined ? own : monitorDefaults.timezone;
}

function entriesOf(value: unknown, list: string): readonly unknown[] {
  const entries = field(value, list);
  return Array.isArray(entries) ? entries : [];
}
