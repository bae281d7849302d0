import { randomUUID } from "node:crypto";
import { endGroup, startGroup } from "@actions/core";

/**
 * Writes to the log inside a group that people can open. What stands in it is no workflow command, whatever it looks like:
 * names come from other people's systems, and patches from pull requests.
 */
export async function inGroup<T>(title: string, write: () => T | Promise<T>): Promise<T> {
  const word = randomUUID();
  startGroup(title);
  say(`::stop-commands::${word}`);
  try {
    return await write();
  } finally {
    say(`::${word}::`);
    endGroup();
  }
}

/** Writes a line, or several, as they are. */
export function say(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
