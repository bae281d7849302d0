import { cutToWidth } from "../core/text/text-width.ts";
import type { Terminal } from "./terminal.ts";

/**
 * Does the work; if it takes over a second, a terminal shows what is going on and for how long. Nothing is shown in pipes
 * and logs, which have the log lines.
 */
export async function withProgress<T>(io: Terminal, status: () => string, work: () => Promise<T>): Promise<T> {
  if (!io.interactive) return await work();
  const started = io.clock.now().getTime();
  let shown = false;
  const timer = setInterval(() => {
    const seconds = Math.floor((io.clock.now().getTime() - started) / 1000);
    if (seconds < 1) return;
    shown = true;
    io.asIs.err(`\r\u001b[K${cutToWidth(status(), io.columns - 10)} ${seconds} s`);
  }, 250);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) io.asIs.err("\r\u001b[K");
  }
}
