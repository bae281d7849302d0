import { createHash } from "node:crypto";
import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { Problem } from "../core/problem.ts";
import { printable } from "../core/text/printable.ts";

/** A list of a thousand parts has 50 kB; a bigger file is no list. */
const MAX_BYTES = 1024 * 1024;

export type TextFile =
  /** `digest`: SHA-256 of the bytes, hex. */
  | { readonly kind: "text"; readonly text: string; readonly digest: string }
  | { readonly kind: "unusable"; readonly problem: Problem }
  | { readonly kind: "absent" };

export interface FilePlace {
  readonly path: string;
  /** The file's name as the user gave it. */
  readonly file: string;
  /** Links that lead out of this folder are not followed: a pull request must not read the runner's files. */
  readonly within?: string;
}

/** Reads a small UTF-8 file. Anything else is a problem; never throws because of what is on the disk. */
export async function readTextFile(input: FilePlace): Promise<TextFile> {
  const { path, file } = input;
  const unusable = (message: string): TextFile => ({
    kind: "unusable",
    problem: { file, line: 1, column: 1, message },
  });
  try {
    const found = await statOf(path);
    if (found === "absent") return { kind: "absent" };
    if (found === "dangling") return unusable("is a broken link; remove it or fix it.");
    if (found.isDirectory()) return unusable("is a folder, not a file; rename or remove it.");
    if (!found.isFile()) return unusable("is not a regular file; remove it.");
    if (await leadsOut(input)) return unusable("is a link that leads out of the repository; put the file itself here.");
    if (found.size > MAX_BYTES) return unusable(`is too large (${megabytes(found.size)} MB; 1 MB is the most).`);
    return textOf(await readFile(path), { file, unusable });
  } catch (error) {
    return unusable(`cannot be read (${codeOf(error)}); check its permissions.`);
  }
}

async function statOf(path: string) {
  const own = await lstat(path).catch(absent);
  if (own === undefined) return "absent";
  return (await stat(path).catch(absent)) ?? "dangling";
}

function absent(error: unknown): undefined {
  if (["ENOENT", "ENOTDIR", "ELOOP"].includes(codeOf(error))) return undefined;
  throw error;
}

async function leadsOut({ path, within }: FilePlace): Promise<boolean> {
  if (within === undefined) return false;
  const [target, folder] = await Promise.all([realpath(path), realpath(within)]);
  const way = relative(folder, target);
  return way === ".." || way.startsWith(`..${sep}`) || way.split(sep)[0] === ".git";
}

interface Reader {
  readonly file: string;
  readonly unusable: (message: string) => TextFile;
}

function textOf(bytes: Buffer, { file, unusable }: Reader): TextFile {
  const fix = /\.ya?ml$|\.json$/i.test(file) ? "save it as UTF-8." : "save it as UTF-8 (in Excel: CSV UTF-8).";
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || isUnmarkedUtf16(bytes)) return unusable(`is UTF-16; ${fix}`);
  const kind = FORMATS.find(([start]) => bytes.subarray(0, start.length).equals(start))?.[1];
  if (kind !== undefined)
    return unusable(`is ${kind}, not text; ${/\.ya?ml$/i.test(file) ? "remove it." : "save the table as CSV UTF-8."}`);
  if (bytes.includes(0)) return unusable("is a binary file, not text; remove it.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "text", text, digest: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    return unusable(`${notUtf8(bytes)}; ${fix}`);
  }
}

/** The first bytes of files that people pass instead of a table. */
const FORMATS: readonly (readonly [start: Buffer, kind: string])[] = [
  [Buffer.from("PK\u0003\u0004", "latin1"), "a workbook (.xlsx, .ods) or another ZIP file"],
  [Buffer.from("d0cf11e0a1b11ae1", "hex"), "an old workbook (.xls)"],
  [Buffer.from("%PDF", "latin1"), "a PDF"],
  [Buffer.from("1f8b", "hex"), "a compressed file (gzip)"],
];

/** Then every other byte of a Latin text is 0. */
function isUnmarkedUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 200);
  const zeros = (from: number) => start.filter((byte, index) => index % 2 === from && byte === 0).length;
  const half = Math.floor(start.length / 2);
  return half > 3 && (zeros(0) > half * 0.7 || zeros(1) > half * 0.7) && zeros(0) + zeros(1) < start.length * 0.6;
}

/** The first line with letters of another encoding, decoded like Excel's plain CSV. */
function notUtf8(bytes: Buffer): string {
  const lines = bytes.toString("latin1").split(/\r\n|\r|\n/);
  const index = lines.findIndex((line) => Buffer.from(line, "latin1").toString("utf8").includes("\ufffd"));
  const line = new TextDecoder("windows-1252").decode(Buffer.from(lines[index] ?? "", "latin1"));
  return `is not UTF-8, probably Windows-1252: line ${index + 1} would read ${JSON.stringify(printable(line, 60))}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** The system's own name of the error (EACCES), which people can search for. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : String(error);
}
