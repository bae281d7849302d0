// A machine on which runs take place as processes do, all of them in this one: whatever a run does to the world waits at a
// gate until it is its turn, so that one effect follows another in an order that a seed decides; and there a run can be
// killed, stopped for a while, asked to end, or get another answer than it hoped for.
import type { Clock } from "../../../src/core/ports.ts";

/** Kinds of effects. */
export type EffectKind = "inventree" | "state" | "api" | "mail" | "webhook" | "admin" | "sleep";

/** What may become of an effect, by name: `ok`, and how the world may fail it. */
export type Outcomes<T> = { readonly ok: () => Promise<T> } & Readonly<Record<string, () => Promise<T>>>;

export interface Effect {
  readonly kind: EffectKind;
  readonly label: string;
  /** The ways in which the world may fail it. */
  readonly faults: readonly string[];
}

/** What is to happen at a gate. `after`: the world has done it, and the process never hears of it. */
export type Fate =
  | { readonly kind: "go"; readonly outcome: string }
  | { readonly kind: "kill"; readonly when: "before" | "after" }
  | { readonly kind: "freeze" | "signal" };

export interface Process {
  readonly name: string;
  readonly state: () => "running" | "frozen" | "killed" | "ended";
  /** What it was started for has thrown this. */
  readonly error: () => unknown;
  readonly thaw: () => void;
}

/** How a process does something to the world. */
export interface Gate {
  readonly pass: <T>(effect: Pick<Effect, "kind" | "label">, outcomes: Outcomes<T>) => Promise<T>;
  readonly clock: Clock;
  /** As the program's own: aborted after so long, or sooner if the process is asked to end. */
  readonly alarm: (
    milliseconds: number,
    reason: string,
  ) => { readonly signal: AbortSignal; readonly cancel: () => void };
}

export interface Machine {
  /** By the clock of all. */
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => void;
  readonly start: (name: string, body: (gate: Gate) => Promise<void>) => Process;
  /** Goes on until no process runs any longer; `fateOf` says what happens to each effect. */
  readonly drive: (fateOf: (effect: Effect, process: Process) => Fate) => Promise<void>;
  /** What has happened, a line each. */
  readonly trace: string[];
}

interface Waiting extends Effect {
  readonly wakesAt: number;
  readonly perform: (outcome: string) => Promise<() => void>;
}

interface Running extends Process {
  standing: "running" | "frozen" | "killed" | "ended";
  waiting: Waiting[];
  thrown: unknown;
  readonly signal: (reason: string) => void;
}

export function openMachine({ begins, next }: { readonly begins: Date; readonly next: () => number }): Machine {
  const processes: Running[] = [];
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  const trace: string[] = [];
  let time = begins.getTime();
  let stir = () => {};
  const pass = (milliseconds: number) => {
    time += milliseconds;
    for (const alarm of [...alarms]) {
      if (alarm.at > time) continue;
      alarms.delete(alarm);
      alarm.ring();
    }
  };

  const start: Machine["start"] = (name, body) => {
    const asked = new AbortController();
    const process: Running = {
      name,
      standing: "running",
      waiting: [],
      thrown: undefined,
      state: () => process.standing,
      error: () => process.thrown,
      thaw: () => {
        if (process.standing === "frozen") process.standing = "running";
      },
      signal: (reason) => asked.abort(reason),
    };
    processes.push(process);
    const end = (error: unknown) => {
      if (process.standing === "killed") return;
      Object.assign(process, { standing: "ended", thrown: error, waiting: [] });
      trace.push(`${name} ends${error === undefined ? "" : `: ${String(error)}`}`);
      stir();
    };
    void body(gateOf(process, asked)).then(() => end(undefined), end);
    return process;
  };

  const gateOf = (process: Running, asked: AbortController): Gate => {
    const wait = <T>(effect: Omit<Waiting, "perform">, outcomes: Outcomes<T>) =>
      new Promise<T>((resolve, reject) => {
        const perform = async (outcome: string) => {
          try {
            const value = await (outcomes[outcome] ?? outcomes.ok)();
            return () => resolve(value);
          } catch (error) {
            return () => reject(error);
          }
        };
        process.waiting.push({ ...effect, perform });
        stir();
      });
    return {
      pass: (effect, outcomes) => {
        const faults = Object.keys(outcomes).filter((name) => name !== "ok");
        return wait({ ...effect, faults, wakesAt: 0 }, outcomes);
      },
      clock: {
        now: () => new Date(time),
        random: next,
        sleep: (milliseconds) =>
          wait(
            { kind: "sleep", label: `${Math.round(milliseconds)} ms`, faults: [], wakesAt: time + milliseconds },
            { ok: async () => {} },
          ),
      },
      alarm: (milliseconds, reason) => {
        const over = new AbortController();
        const alarm = { at: time + milliseconds, ring: () => over.abort(reason) };
        alarms.add(alarm);
        return { signal: AbortSignal.any([over.signal, asked.signal]), cancel: () => alarms.delete(alarm) };
      },
    };
  };

  /** Every process that runs has come to a gate. */
  const settled = async (running: () => readonly Running[]) => {
    while (running().some(({ waiting }) => waiting.length === 0))
      await new Promise<void>((resolve) => {
        stir = resolve;
      });
  };

  const step = async (running: readonly Running[], fateOf: Parameters<Machine["drive"]>[0]) => {
    const all = running.flatMap((process) => process.waiting.map((waiting) => ({ process, waiting })));
    // Who sleeps is woken when nobody else has anything to do.
    const awake = all.filter(({ waiting }) => waiting.kind !== "sleep");
    const asleep = all.toSorted((a, b) => a.waiting.wakesAt - b.waiting.wakesAt).slice(0, 1);
    const among = awake.length > 0 ? awake : asleep;
    const chosen = among[Math.floor(next() * among.length)];
    if (chosen === undefined) throw new Error("nobody waits for anything");
    const { process, waiting } = chosen;
    if (waiting.wakesAt > time) pass(waiting.wakesAt - time);
    const fate = fateOf(waiting, process);
    const words = fate.kind === "go" ? fate.outcome : fate.kind === "kill" ? `killed ${fate.when}` : fate.kind;
    trace.push(`${process.name}: ${waiting.kind} ${waiting.label}: ${words}`);
    if (fate.kind === "freeze") process.standing = "frozen";
    if (fate.kind === "signal") process.signal("The run was asked to end (SIGTERM).");
    if (fate.kind !== "go" && fate.kind !== "kill") return;
    process.waiting = process.waiting.filter((one) => one !== waiting);
    if (fate.kind === "kill") {
      Object.assign(process, { standing: "killed", waiting: [] });
      if (fate.when === "after") await waiting.perform("ok");
      return;
    }
    (await waiting.perform(fate.outcome))();
  };

  return {
    now: () => new Date(time),
    pass,
    start,
    trace,
    drive: async (fateOf) => {
      const running = () => processes.filter(({ standing }) => standing === "running");
      for (;;) {
        await settled(running);
        if (running().length === 0) return;
        await step(running(), fateOf);
        // What was answered goes on before the next one is chosen.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
