import { basename, extname, isAbsolute, relative, resolve, sep } from "node:path";
import type { Problem } from "../core/problem.ts";
import { defined } from "../core/records.ts";
import type { Config } from "../core/settings/config.ts";
import { printable } from "../core/text/printable.ts";
import { readTextFile } from "./file.ts";
import { type List, listOfParts, parseListText } from "./monitor.ts";
import { readPartsFile } from "./parts-file.ts";

export interface ListRead {
  /** Absent if there are errors. */
  readonly list?: List;
  readonly problems: readonly Problem[];
}

/** Reads a monitor-shaped file that is not a monitor, or a table of its parts; `file` is relative to the working directory, or absolute. */
export async function readList(input: {
  readonly file: string;
  readonly root: string;
  readonly config: Config;
  readonly now: Date;
}): Promise<ListRead> {
  const { file, root, config, now } = input;
  const inside = relative(root, resolve(file));
  const shown = isAbsolute(inside) || inside.startsWith("..") ? file : inside.split(sep).join("/");
  if (/\.(?:csv|tsv)$/i.test(file)) {
    const { parts, problems } = await readPartsFile({ path: file, file: shown, config, now });
    const name = basename(file, extname(file));
    return { problems, ...defined({ list: parts && listOfParts(name, parts, config) }) };
  }
  const read = await readTextFile({ path: file, file: printable(shown) });
  if (read.kind === "absent") return { problems: [{ file: printable(shown), message: "does not exist." }] };
  if (read.kind === "unusable") return { problems: [read.problem] };
  return parseListText({ file: printable(shown), text: read.text, config, now });
}
