// Runs that were started here: one at a time, the last ones kept with their logs.
import { run } from "../app/run/run.ts";
import type { RunResult } from "../app/run/run-result.ts";
import { FailureError, failureOf } from "../core/failure.ts";
import { createLog } from "../system/log.ts";
import { type Wired, type WireOptions, wire } from "../wire/run.ts";
import { listsToCheck, recipientNames } from "./people.ts";

const KEPT = 50;
const MOST_LINES = 5_000;

export interface StartedRun {
  readonly number: number;
  readonly startedAt: Date;
  readonly by: string;
  /** null: all active lists. */
  readonly list: { readonly id: string; readonly name: string } | null;
  readonly dryRun: boolean;
  /** Grows while it runs. */
  readonly log: readonly string[];
  readonly status: () => "running" | "done" | "failed";
  readonly result: () => RunResult | null;
  /** Why it could not run. */
  readonly failure: () => string | null;
  readonly finishedAt: () => Date | null;
  readonly stop: () => void;
  /** Called for each line and for the end; returns how to stop that. */
  readonly watch: (told: () => void) => () => void;
  readonly finished: Promise<void>;
}

export type RunOrder = {
  readonly list: StartedRun["list"];
  readonly by: string;
  readonly now: Date;
} & ({ readonly dryRun: true } | Agreed);

/** A real run, and whom it may notify. */
interface Agreed {
  readonly dryRun: false;
  readonly people: readonly string[];
  /** Why it does not start, in the language of the person who requested it. */
  readonly words: { readonly otherBranch: string; readonly othersTold: string };
}

export interface Runner {
  /** undefined: one is under way. */
  readonly start: (order: RunOrder) => StartedRun | undefined;
  readonly all: () => readonly StartedRun[];
  readonly named: (number: string) => StartedRun | undefined;
  readonly close: () => Promise<void>;
}

export function createRunner({
  wiring,
  secrets,
  onEnd,
}: {
  readonly wiring: Omit<WireOptions, "needs">;
  readonly secrets: () => Promise<readonly string[]>;
  readonly onEnd: () => void;
}): Runner {
  const runs: StartedRun[] = [];
  let next = 1;
  const current = () => runs.find((one) => one.status() === "running");
  return {
    start: (order) => {
      if (current() !== undefined) return undefined;
      const started = begin({ wiring, secrets, onEnd, order, number: next });
      next += 1;
      runs.unshift(started);
      runs.length = Math.min(runs.length, KEPT);
      return started;
    },
    all: () => runs,
    named: (number) => runs.find((one) => String(one.number) === number),
    close: async () => {
      const running = current();
      running?.stop();
      await running?.finished;
    },
  };
}

/** The lists as this run reads them may notify nobody else; elsewhere than on the default branch nobody is notified at all. */
async function refuseOthers({ deps }: Wired, { list, people, words }: RunOrder & Agreed): Promise<void> {
  const lists = listsToCheck(await deps.readMonitors(), list?.id) ?? [];
  const message = deps.onDefaultBranch
    ? recipientNames(lists).some((one) => !people.includes(one)) && words.othersTold
    : words.otherBranch;
  if (message !== false) throw new FailureError({ kind: "config", retryable: false, message });
}

type Beginning = Parameters<typeof createRunner>[0] & { readonly order: RunOrder; readonly number: number };

function begin({ wiring, secrets, onEnd, order, number }: Beginning): StartedRun {
  const { clock } = wiring;
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const controller = new AbortController();
  let status: ReturnType<StartedRun["status"]> = "running";
  let result: RunResult | null = null;
  let failure: string | null = null;
  let finishedAt: Date | null = null;
  const hidden = new Set<string>();
  const mask = (more: readonly string[]) => {
    for (const secret of more) hidden.add(secret);
    wiring.mask?.(more);
  };
  const write = (line: string) => {
    if (lines.length >= MOST_LINES) return;
    lines.push(line.trimEnd());
    for (const told of watchers) told();
  };
  const log = createLog({ format: "text", level: "info", write, now: clock.now, secrets: hidden });
  const work = async () => {
    mask(await secrets());
    const wired = await wire({
      ...wiring,
      log,
      mask,
      ending: controller.signal,
      needs: { inventree: true, mail: order.dryRun ? "pretend" : "send" },
    });
    try {
      if (!order.dryRun) await refuseOthers(wired, order);
      result = await run(wired.deps, {
        which: order.list === null ? { kind: "all" } : { kind: "monitors", ids: [order.list.id] },
        force: false,
        dryRun: order.dryRun,
        now: order.now,
      });
    } finally {
      await wired.close();
    }
  };
  const finished = work()
    .then(
      () => {
        status = "done";
      },
      (error: unknown) => {
        const { kind, message } = failureOf(error);
        log.error(kind === "bug" && error instanceof Error ? (error.stack ?? message) : message, { step: "run" });
        failure = message;
        status = "failed";
      },
    )
    .finally(() => {
      finishedAt = clock.now();
      onEnd();
      for (const told of watchers) told();
    });
  return {
    number,
    startedAt: clock.now(),
    by: order.by,
    list: order.list,
    dryRun: order.dryRun,
    log: lines,
    status: () => status,
    result: () => result,
    failure: () => failure,
    finishedAt: () => finishedAt,
    stop: () => controller.abort("The run was stopped on its page."),
    watch: (told) => {
      watchers.add(told);
      return () => watchers.delete(told);
    },
    finished,
  };
}
