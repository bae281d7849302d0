// Lists and state as they are now, for somebody who looks at them repeatedly: the lists anew each time, the state branch
// at most every few seconds, because it may be on another machine.
import { FailureError } from "../core/failure.ts";
import type { StateFiles } from "../core/notification/state.ts";
import { SECRETS, variable } from "../core/settings/variables.ts";
import { readDotenv } from "../monitors/dotenv.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import { readFiles } from "../state/files.ts";
import { openCheckout } from "./checkout.ts";
import { variablesOver, type Wired, type WireOptions, wire } from "./run.ts";

export interface Known {
  readonly read: MonitorsRead;
  /** With histories; empty if it cannot be read. */
  readonly state: StateFiles;
  readonly inventreeUrl: Wired["inventreeUrl"];
  readonly fileUrl: (path: string) => string | undefined;
  readonly secrets: readonly string[];
}

export interface Live {
  readonly known: () => Promise<Known>;
  /** Drops the cached state: somebody here has changed it. */
  readonly forget: () => void;
}

const FRESH_MS = 5_000;

/** Opens them. Never throws for settings or a state that cannot be used: that is something to show. */
export function openLive(options: Omit<WireOptions, "needs">): Live {
  const { root, clock } = options;
  const checkout = openCheckout(root);
  let held: { readonly at: number; readonly behind: Promise<Behind> } | undefined;
  const behind = () => {
    const at = clock.now().getTime();
    if (held !== undefined && at - held.at <= FRESH_MS) return held.behind;
    const fresh = { at, behind: readBehind(options) };
    held = fresh;
    // A failed read is tried again for the next reader.
    fresh.behind.catch(() => {
      if (held === fresh) held = undefined;
    });
    return fresh.behind;
  };
  return {
    known: async () => {
      const [read, more] = await Promise.all([checkout.read(clock.now()), behind()]);
      return { read, ...more };
    },
    forget: () => {
      held = undefined;
    },
  };
}

/** Where each of these is set, if it is; never its value. */
export async function settingSources(
  { root, env }: Pick<WireOptions, "root" | "env">,
  names: readonly string[],
): Promise<readonly { readonly name: string; readonly from: "environment" | ".env" | null }[]> {
  const { variables } = await readDotenv(root, env);
  return names.map((name) => {
    if (variable(env, name) !== undefined) return { name, from: "environment" };
    return { name, from: variable(variables, name) === undefined ? null : ".env" };
  });
}

type Behind = Omit<Known, "read">;

async function readBehind(options: Omit<WireOptions, "needs">): Promise<Behind> {
  const { variables } = await readDotenv(options.root, options.env);
  const all = variablesOver(variables, options.env);
  const fixed = SECRETS.flatMap((name) => all[name] ?? []);
  options.mask?.(fixed);
  try {
    const wired = await wire({ ...options, needs: { inventree: false, mail: "none" } });
    try {
      const { inventreeUrl, secrets, deps } = wired;
      const rest = { inventreeUrl, fileUrl: deps.fileUrl, secrets: [...fixed, ...secrets] };
      return { ...rest, state: await deps.store.read({ histories: true }).catch(unreadable("state branch")) };
    } finally {
      await wired.close();
    }
  } catch (error) {
    const state = unreadable("settings")(error);
    return { state, inventreeUrl: () => undefined, fileUrl: () => undefined, secrets: fixed };
  }
}

/** Then nothing is known; why is shown with the state's own faults. Throws only bugs. */
function unreadable(path: string): (error: unknown) => StateFiles {
  return (error) => {
    if (!(error instanceof FailureError)) throw error;
    return { ...readFiles(new Map()), broken: [{ path, message: error.message }] };
  };
}
