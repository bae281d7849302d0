/** What some tests need and not every machine has. */
type Need = "Chromium" | "recordings in ../shared" | "act" | "actionlint" | "zizmor" | "script";

declare module "vitest" {
  interface TaskMeta {
    readonly needs?: Need;
  }
}

/** Options of a test or a group: it is skipped where what it needs is absent, and the suite's end names what that was. */
export function needs(
  what: Need,
  present: boolean,
): { readonly skip: boolean; readonly meta: { readonly needs: Need } } {
  return { skip: !present, meta: { needs: what } };
}
