/** What doctor has found out about one thing; field names are those of --json. */
export interface Diagnosis {
  /** What it is about, as people call it: `InvenTree`, `Mail`. */
  readonly area: string;
  /** ok: nothing to do. warning: it works, and somebody should look. broken: checks or tellings fail. */
  readonly level: "ok" | "warning" | "broken";
  /** One sentence or more. */
  readonly message: string;
  /** What to do; null: nothing, or the message says it. */
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
