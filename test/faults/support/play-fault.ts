// One row: a run with the fault, and an ordinary one once it is over.
import { expect } from "vitest";
import { type MailSink, startMailSink } from "../../../demo/mail-sink.ts";
import type { RunResult } from "../../../src/app/run/run-result.ts";
import type { Failure } from "../../../src/core/failure.ts";
import type { StateFiles } from "../../../src/core/notification/state.ts";
import type { Bench, Connections } from "./bench.ts";
import { type Place, placeOf } from "./memory-store.ts";
import { expectDecent, type Outcome, plain } from "./outcome.ts";

export interface FaultOrder {
  readonly bench: Bench;
  readonly fault: string;
  /** What is at fault. */
  readonly to: Connections;
  /** How often what is at fault was asked. */
  readonly asked: () => number;
  /** What it has taken of the list's messages, by their ids; absent: the mails of a mail server that is well. */
  readonly taken?: () => readonly string[];
  /** Where the state stands; absent: in memory. */
  readonly place?: Place;
  /** What else is there when the fault is over, and what it has taken then. */
  readonly well?: { readonly to: Connections; readonly taken: () => readonly string[] };
}

/** No fault makes a run of one list ask more often than that. */
const MOST_ASKED = 60;

/** Plays it, and checks what must hold whatever the fault is. */
export async function playFault({ bench, fault, to, asked, taken, well, place }: FaultOrder): Promise<Outcome> {
  const sink = await startMailSink();
  try {
    const stands = place ?? placeOf(new Map(bench.seed));
    const before = remembered(await stands.look());
    const mail = { server: { port: sink.port } };
    const bad = await bench.play({ place: stands, to: { mail, ...to } });
    expectDecent(fault, bad);
    const after = remembered(await stands.look());
    const people = taken?.() ?? reports(sink);
    const failure = failureIn(bad.result);
    const outcome: Outcome = {
      fault,
      class: failure === undefined ? "none" : [failure.kind, failure.incident].filter(Boolean).join("/"),
      message: plain(failure?.message ?? ""),
      exit: bad.exit,
      state: after.delivered !== before.delivered ? "told" : isUnknown(bad.result) ? "unknown" : "unchanged",
      people: people.length,
      admins: notices(sink),
      waits: bad.waitedS,
    };
    expect.soft(asked(), `${fault}: how often it was asked`).toBeLessThanOrEqual(MOST_ASKED);
    expect.soft(bad.exit, `${fault}: exit code`).toBe(failure === undefined ? 0 : 1);
    // A check that failed leaves the last good report where it is.
    if (failure?.kind === "inventree") {
      expect.soft([after, people], fault).toEqual([before, []]);
      expect.soft(notices(sink), `${fault}: notices`).toBe(1);
    }
    const next = await bench.play({ place: stands, to: { mail, ...well?.to }, minutes: 20 });
    expectDecent(fault, next);
    expect.soft([next.exit, next.result.failures], `${fault}: the next run`).toEqual([0, []]);
    expectMadeGood({ fault, state: await stands.look(), told: [...people, ...(well?.taken() ?? reports(sink))] });
    return outcome;
  } finally {
    await sink.close();
  }
}

/** One ordinary run makes good for it: people know, nobody twice, and nothing is left. */
function expectMadeGood(order: {
  readonly fault: string;
  readonly state: StateFiles;
  readonly told: readonly string[];
}): void {
  const { fault, state, told } = order;
  expect.soft(new Set(told).size, `${fault}: messages of this shortage`).toBe(1);
  // An address that is not there stays one until it takes a mail.
  const left = Object.keys(state.system).filter((key) => !key.startsWith("address:"));
  expect.soft(left, `${fault}: incidents`).toEqual([]);
  expect.soft(remembered(state).delivered, fault).toContain('"seq":2');
}

/** What is remembered of the one list: its last message and its report. */
function remembered({ monitors, reports }: StateFiles): { readonly delivered: string; readonly report: string } {
  return { delivered: JSON.stringify(monitors.board?.delivered), report: JSON.stringify(reports.board) };
}

/** Message-IDs of the mails to the list's people. */
function reports(sink: MailSink): readonly string[] {
  return sink.mails().flatMap(({ to, parsed }) => (to.includes("ann@example.com") ? [parsed.messageId ?? ""] : []));
}

function notices(sink: MailSink): number {
  return sink.mails().filter(({ to }) => to.includes("admin@example.com")).length;
}

function failureIn({ outcomes, stateFailure, claimFailure, failures }: RunResult): Failure | undefined {
  const found = outcomes.flatMap((outcome): Failure[] => {
    if (outcome.kind === "failed") return [outcome.failure];
    if (outcome.kind === "skipped") return [];
    return outcome.notifications.deliveries.flatMap(({ outcome: delivery }) =>
      delivery.kind === "failed" || delivery.kind === "unknown" ? [delivery.failure] : [],
    );
  });
  return found[0] ?? claimFailure ?? stateFailure ?? ofSome(failures);
}

/** Where some have their message, and others were refused. */
function ofSome([first]: readonly string[]): Failure | undefined {
  return first === undefined ? undefined : { kind: "mail", retryable: false, message: first };
}

function isUnknown({ outcomes }: RunResult): boolean {
  return outcomes.some(
    (outcome) =>
      outcome.kind === "checked" &&
      outcome.notifications.deliveries.some(({ outcome: delivery }) => delivery.kind === "unknown"),
  );
}
