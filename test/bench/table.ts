/** Columns as they are written in Markdown, so that results can be pasted into docs/performance.md as they are. */
export function markdownTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The middle one; of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Milliseconds that a task takes, with its result. */
export async function timed<T>(task: () => T | Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const started = performance.now();
  const result = await task();
  return { ms: performance.now() - started, result };
}

/** `12 ms` · `3.4 s`. */
export function inWords(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 1_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${ms.toFixed(0)} ms` : `${ms.toFixed(1)} ms`;
}

/** An aim and whether it is met. */
export function verdict(
  what: string,
  measured: { readonly value: number; readonly aim: number; readonly unit: string },
) {
  const { value, aim, unit } = measured;
  return `- ${value <= aim ? "met" : "**not met**"}: ${what}: ${value.toFixed(2)} ${unit}, aim ≤ ${aim} ${unit}`;
}
