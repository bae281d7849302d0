import { createHash } from "node:crypto";

// RFC 5322 3.6.4: an id is `<left@right>`, both dot-atoms. Whatever a folder or a monitor is called must fit in, and two
// different names must never give the same id: all but letters, digits, `-`, `_` and single dots inside become `=XX`.

const LONGEST = 120;

/** The id of a telling: the same when it is repeated after a crash, and never that of a later one. */
export function tellingId(of: {
  readonly repository: string;
  readonly monitor: string;
  readonly seq: number;
  readonly hash: string;
  /** Random, once per list: one that is deleted and made again repeats no id. */
  readonly born?: string | undefined;
}): string {
  return `<${atom(of.monitor)}.${of.seq}.${atom(of.hash.slice(0, 16))}${bornWord(of.born)}@${domain(of.repository)}>`;
}

/** The id that all mails of an episode refer to, so that mail programs show them as one conversation. */
export function episodeId(of: {
  readonly repository: string;
  readonly monitor: string;
  readonly episode: number;
  readonly born?: string | undefined;
}): string {
  return `<${atom(of.monitor)}.episode-${of.episode}${bornWord(of.born)}@${domain(of.repository)}>`;
}

/** The id of an admin notice; that of the beginning is the root of its conversation. */
export function noticeId(of: {
  readonly repository: string;
  readonly key: string;
  readonly since: Date;
  readonly kind: "begins" | "over";
  /** Number among the notices of this incident. */
  readonly seq?: number | undefined;
}): string {
  const since = Math.floor(of.since.getTime() / 1000);
  const number = of.seq === undefined || of.seq === 1 ? "" : `.${of.seq}`;
  return `<trouble.${atom(of.key)}.${since}.${of.kind}${number}@${domain(of.repository)}>`;
}

/** RFC 2919: names the list in List-Id, without angle brackets. */
export function listId(of: { readonly repository: string; readonly monitor: string }): string {
  return `${atom(of.monitor)}.${domain(of.repository)}`;
}

function bornWord(born: string | undefined): string {
  return born === undefined ? "" : `.${atom(born)}`;
}

/** `owner/name` as `name.owner.partwatch`. */
function domain(repository: string): string {
  return `${repository.split("/").reverse().map(atom).join(".")}.partwatch`;
}

function atom(text: string): string {
  const escaped = text.replace(/[^A-Za-z0-9_.-]|^\.|\.$|\.(?=\.)/gu, hexadecimal);
  if (escaped === "") return "=";
  if (escaped.length <= LONGEST) return escaped;
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return `${escaped.slice(0, LONGEST - 17).replace(/[.=][0-9A-F]{0,2}$/, "")}-${digest}`;
}

function hexadecimal(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}
