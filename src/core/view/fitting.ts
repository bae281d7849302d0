/** How many of these sizes, from the first on, have room together. */
export function howManyFit(sizes: readonly number[], room: number): number {
  let used = 0;
  for (const [count, size] of sizes.entries()) {
    used += size;
    if (used > room) return count;
  }
  return sizes.length;
}
