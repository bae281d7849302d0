const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Milliseconds of a duration as people write it (`30m`, `12h`, `7d`, `2w`). Throws on anything else: the schema is checked first. */
export function durationMs(text: string): number {
  const match = /^([1-9][0-9]{0,4})([mhdw])$/.exec(text);
  const unit = match?.[2];
  if (unit !== "m" && unit !== "h" && unit !== "d" && unit !== "w") throw new Error(`No duration: ${text}`);
  return Number(match?.[1]) * UNITS[unit];
}

/** Days of a duration in days or weeks (`5d`, `2w`). */
export function daysOf(text: string): number {
  return durationMs(text) / UNITS.d;
}

/** Milliseconds as people write a duration, in its greatest whole unit: `7d`, `90m`. */
export function durationText(milliseconds: number): string {
  const whole = Object.entries(UNITS).findLast(([, length]) => milliseconds % length === 0);
  return whole === undefined ? `${milliseconds}ms` : `${milliseconds / whole[1]}${whole[0]}`;
}

/** A duration in words, rounded down to whole minutes: `15 minutes`, `1 hour`, `2 days`. */
export function durationInWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `${Math.floor(milliseconds / 1000)} seconds`;
  if (minutes % 1440 === 0) return counted(minutes / 1440, "day");
  if (minutes % 60 === 0) return counted(minutes / 60, "hour");
  return counted(minutes, "minute");
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
