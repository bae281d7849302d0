/** Environment variables by name; undefined ones count as not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Time as the process knows it; injected, so that tests never wait. */
export interface Clock {
  /** The present instant (`--now` does not move it: time-outs and budgets use this one). */
  readonly now: () => Date;
  /** Resolves after that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number in [0, 1) for jitter. */
  readonly random: () => number;
}

export type LogLevel = "error" | "warning" | "info" | "debug";

/** Where every part of a run logs what it does. Entries choose where it is written. Never pass it a secret. */
export interface Log {
  readonly error: (message: string, fields?: LogFields) => void;
  readonly warning: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly debug: (message: string, fields?: LogFields) => void;
  /** The same log, with these fields in every line. */
  readonly with: (fields: LogFields) => Log;
}

export interface LogFields {
  readonly monitor?: string;
  readonly step?: string;
  readonly [name: string]: string | number | boolean | undefined;
}

/** What reading a server has cost so far. */
export interface RequestCost {
  /** Attempts sent, retries included. */
  readonly requests: number;
  readonly retries: number;
  /** Of answers' bodies as they came over the wire. */
  readonly bytes: number;
  /** Summed over requests, also those in flight at the same time. */
  readonly milliseconds: number;
}
