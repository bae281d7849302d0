export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One decimal is finer than any screen shows. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}

/** Quantities move in steps: along, then up or down. A value that stays needs no corner. */
export function stepPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${coordinate(first.x)} ${coordinate(first.y)}`;
  let y = first.y;
  for (const [index, point] of rest.entries()) {
    if (point.y === y && index < rest.length - 1) continue;
    path += `H${coordinate(point.x)}`;
    if (point.y !== y) path += `V${coordinate(point.y)}`;
    y = point.y;
  }
  return path;
}

/** The path closed along the floor. */
export function area(
  path: string,
  { from, to, floor }: { readonly from: number; readonly to: number; readonly floor: number },
): string {
  return `${path}H${coordinate(to)}V${coordinate(floor)}H${coordinate(from)}z`;
}
