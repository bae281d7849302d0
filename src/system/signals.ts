const SIGNALS = ["SIGTERM", "SIGINT"] as const;
/** What hangs after the last commit must not keep the process alive. */
const LINGER_MS = 2_000;

/**
 * Ends a run in order: aborted by the first SIGTERM or SIGINT, with a sentence as its reason. A second one of the same kind ends
 * the process at once; GitHub sends SIGINT, then SIGTERM, to a cancelled run: that counts as one.
 */
export function endOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    let isSecond = false;
    process.on(signal, () => {
      if (isSecond) process.exit(signal === "SIGINT" ? 130 : 143);
      isSecond = true;
      controller.abort(`The run was asked to end (${signal}).`);
    });
  }
  return controller.signal;
}

/** Ends the process soon, whatever is still waiting for an answer. */
export function endSoon(): void {
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
