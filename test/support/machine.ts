import { tmpdir } from "node:os";
import { join } from "node:path";

/** The clock that CI fakes with libfaketime for a test is that of every process which the test starts. */
const CLOCK = /^(?:LD_PRELOAD|NO_FAKE_STAT|FAKETIME(?:_\w+)?)$/;

/** What an explicit environment takes over from this machine: where its programs are, and what time it is. */
export function thisMachine(): Record<string, string | undefined> {
  const clock = Object.entries(process.env).filter(([name]) => CLOCK.test(name));
  return { PATH: process.env.PATH, ...Object.fromEntries(clock) };
}

/** A machine that nobody has configured: neither Git's settings of this one nor a home with files in it. */
export function plainMachine(home: string): Record<string, string | undefined> {
  return {
    ...thisMachine(),
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    // Hundreds of processes start the same bundles: what V8 has compiled of them once serves all.
    NODE_COMPILE_CACHE: join(tmpdir(), "partwatch-compile-cache"),
  };
}
