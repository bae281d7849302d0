import { randomUUID } from "node:crypto";
import { endGroup, startGroup } from "@actions/core";
import { escaped, withoutCommands } from "../core/foreign-text.ts";

/**
 * Writes to the log inside a group that people can open. What stands in it is no workflow command, whatever it looks like:
 * names come from other people's systems, and patches from pull requests.
 */
export async function inGroup<T>(title: string, write: (heed: Heed) => T | Promise<T>): Promise<T> {
  startGroup(title);
  let word = stopCommands();
  const heed: Heed = (give) => {
    tellRunner(`::${word}::`);
    give();
    // Who reads the log knows the old word.
    word = stopCommands();
  };
  try {
    return await write(heed);
  } finally {
    tellRunner(`::${word}::`);
    endGroup();
  }
}

/** Gives commands to the runner inside a group, where it heeds none else. */
export type Heed = (give: () => void) => void;

/** Returns the word that ends it. */
function stopCommands(): string {
  const word = randomUUID();
  tellRunner(`::stop-commands::${word}`);
  return word;
}

/** Writes a line, or several, with nothing in them that a terminal or the runner would obey. */
export function say(text: string): void {
  tellRunner(withoutCommands(escaped(text)));
}

function tellRunner(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
