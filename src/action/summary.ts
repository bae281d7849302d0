import { appendFile } from "node:fs/promises";

/** GitHub takes 1 MiB a step; something may stand there already. */
const MOST_BYTES = 1_000_000;
const LEFT_OUT = "More would not fit here; the log and the mails have all of it.";

/**
 * Appends parts, which are whole sections of Markdown, to the step summary: as many as GitHub takes; no others are asked
 * for. Where there is none (a runner without it), nothing happens.
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
