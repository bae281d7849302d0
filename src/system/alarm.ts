export interface AlarmOptions {
  readonly milliseconds: number;
  readonly reason: string;
  /** Fires sooner if this is aborted. */
  readonly ending: AbortSignal | undefined;
}

/** A signal that is aborted after so long. Does not keep the process alive. */
export function alarm({ milliseconds, reason, ending }: AlarmOptions): {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
} {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(reason), milliseconds);
  timer.unref();
  const signal = ending === undefined ? time.signal : AbortSignal.any([ending, time.signal]);
  return { signal, cancel: () => clearTimeout(timer) };
}
