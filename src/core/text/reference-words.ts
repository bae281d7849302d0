/** A list's reference to a part, a category or a location: `#42` for a pk, else its own words. */
export function referenceWords(reference: number | string): string {
  return typeof reference === "number" ? `#${reference}` : reference;
}
