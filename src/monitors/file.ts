import { createHash } from "node:crypto";
import { lstat, readFile, realpath, stat } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { Problem } from "../core/problem.ts";

/** A list of a thousand parts has 50 kB; more than this is no list. */
const MAX_BYTES = 1024 * 1024;

export type TextFile =
  /** `digest`: SHA-256 of the bytes, hex. */
  | { readonly kind: "text"; readonly text: string; readonly digest: string }
  | { readonly kind: "unusable"; readonly problem: Problem }
  | { readonly kind: "absent" };

export interface FileQuestion {
  readonly path: string;
  /** How the user knows it. */
  readonly file: string;
  /** Links that lead out of this folder are not followed: a pull request must not read the runner's files. */
  readonly within?: string;
}

/** Reads a small UTF-8 file. What is no such file is a problem in words; never throws for what stands on the disk. */
export async function readTextFile(question: FileQuestion): Promise<TextFile> {
  const { path, file } = question;
  const unusable = (message: string): TextFile => ({
    kind: "unusable",
    problem: { file, line: 1, column: 1, message },
  });
  try {
    const found = await statOf(path);
    if (found === "absent") return { kind: "absent" };
    if (found === "dangling") return unusable("is a link that leads nowhere; remove it or mend it.");
    if (found.isDirectory()) return unusable("is a folder, not a file; rename or remove it.");
    if (!found.isFile()) return unusable("is no ordinary file; remove it.");
    if (await leadsOut(question))
      return unusable("is a link that leads out of the repository; put the file itself here.");
    if (found.size > MAX_BYTES) return unusable(`is too large (${megabytes(found.size)} MB; 1 MB is the most).`);
    return textOf(await readFile(path), unusable);
  } catch (error) {
    return unusable(`cannot be read (${codeOf(error)}); look at its permissions.`);
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

async function leadsOut({ path, within }: FileQuestion): Promise<boolean> {
  if (within === undefined) return false;
  const [target, folder] = await Promise.all([realpath(path), realpath(within)]);
  const way = relative(folder, target);
  return way === ".." || way.startsWith(`..${sep}`) || way.split(sep)[0] === ".git";
}

function textOf(bytes: Buffer, unusable: (message: string) => TextFile): TextFile {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return unusable("is UTF-16; save it as UTF-8.");
  if (bytes.includes(0)) return unusable("is a binary file, not text; remove it.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { kind: "text", text, digest: createHash("sha256").update(bytes).digest("hex") };
  } catch {
    return unusable("is not UTF-8; save it as UTF-8.");
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** The system's own name of the error (EACCES), which is what people can search for. */
function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : String(error);
}
