/** One finding of doctor; field names are those of --json. */
export interface Diagnosis {
  /** Its subject, in people's words: `InvenTree`, `Mail`. */
  readonly area: string;
  /** ok: nothing to do. warning: it works, but somebody should look. broken: checks or notifications fail. */
  readonly level: "ok" | "warning" | "broken";
  /** One sentence or more. */
  readonly message: string;
  /** How to fix it; null: nothing to fix, or the message says how. */
  readonly fix: string | null;
}

interface Said {
  readonly area: string;
  readonly message: string;
  readonly fix?: string;
}

export function ok(area: string, message: string): Diagnosis {
  return { area, level: "ok", message, fix: null };
}

export function warning({ area, message, fix }: Said): Diagnosis {
  return { area, level: "warning", message, fix: fix ?? null };
}

export function broken({ area, message, fix }: Said): Diagnosis {
  return { area, level: "broken", message, fix: fix ?? null };
}
