import { appendFile } from "node:fs/promises";

/** GitHub takes 1 MiB per step; there may be something already. */
const MOST_BYTES = 1_000_000;
const LEFT_OUT = "More would not fit here; the log and the mails have all of it.";

/**
 * Appends parts, which are whole sections of Markdown, to the step summary: as many as GitHub takes; the rest is not
 * computed. Without a summary (a runner that has none), nothing happens.
 */
export async function writeSummary(path: string | undefined, parts: Iterable<string>): Promise<void> {
  if (path === undefined) return;
  const kept: string[] = [];
  let bytes = 0;
  for (const part of parts) {
    bytes += Buffer.byteLength(part) + 2;
    if (bytes > MOST_BYTES) {
      kept.push(LEFT_OUT);
      break;
    }
    kept.push(part);
  }
  await appendFile(path, `${kept.join("\n\n")}\n`);
}
