// The pages of the documentation, taken apart.
import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export interface Page {
  /** `README.md`, `docs/mail.md`. */
  readonly path: string;
  readonly text: string;
  readonly fences: readonly Fence[];
}

export interface Fence {
  /** What stands behind the three marks; may be nothing. */
  readonly language: string;
  readonly body: string;
  /** 1-based; of the opening marks. */
  readonly line: number;
}

/** README.md and every page of docs/ and its folders. */
export async function readPages(): Promise<readonly Page[]> {
  const all = await readdir(join(ROOT, "docs"), { recursive: true });
  const names = all
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.split(sep).join("/"))
    .sort();
  return Promise.all(
    ["README.md", ...names.map((name) => `docs/${name}`)].map(async (path) => {
      const text = await readFile(join(ROOT, path), "utf8");
      return { path, text, fences: fencesIn(text) };
    }),
  );
}

/** Also those that are indented, as inside a list. */
function fencesIn(text: string): readonly Fence[] {
  const found: Fence[] = [];
  let open:
    | { readonly indent: string; readonly marks: string; readonly language: string; readonly line: number }
    | undefined;
  let body: string[] = [];
  text.split("\n").forEach((line, index) => {
    const [, indent = "", marks = "", language = ""] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined && marks !== "") {
      open = { indent, marks, language: language.trim(), line: index + 1 };
      body = [];
    } else if (open !== undefined && marks.startsWith(open.marks) && language.trim() === "") {
      found.push({ language: open.language, body: `${body.join("\n")}\n`, line: open.line });
      open = undefined;
    } else if (open !== undefined) body.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
  });
  if (open !== undefined) throw new Error(`a fence is never closed: line ${open.line}`);
  return found;
}
