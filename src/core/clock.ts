/** Time as the process knows it; injected, so that tests never wait. */
export interface Clock {
  /** The present instant (`--now` does not move it: time-outs and budgets use this one). */
  readonly now: () => Date;
  /** Resolves after that many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number in [0, 1) for jitter. */
  readonly random: () => number;
}
