import { randomUUID } from "node:crypto";
import { endGroup, startGroup } from "@actions/core";
import { escaped, withoutCommands } from "../core/text/foreign-text.ts";

/**
 * Writes to the log inside a group that people can open. Nothing in it is taken for a workflow command:
 * names come from other people's systems, and patches from pull requests.
 */
export async function inGroup<T>(title: string, write: (withCommands: WithCommands) => T | Promise<T>): Promise<T> {
  startGroup(title);
  let word = stopCommands();
  const withCommands: WithCommands = (give) => {
    notifyRunner(`::${word}::`);
    give();
    // Whoever reads the log knows the old word.
    word = stopCommands();
  };
  try {
    return await write(withCommands);
  } finally {
    notifyRunner(`::${word}::`);
    endGroup();
  }
}

/** Sends commands to the runner from inside a group, in which it otherwise ignores them. */
export type WithCommands = (give: () => void) => void;

/** Returns the word that ends it. */
function stopCommands(): string {
  const word = randomUUID();
  notifyRunner(`::stop-commands::${word}`);
  return word;
}

/** Writes one or more lines, without anything that a terminal or the runner would obey. */
export function print(text: string): void {
  notifyRunner(withoutCommands(escaped(text)));
}

function notifyRunner(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}
