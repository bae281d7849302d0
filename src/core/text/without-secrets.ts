/**
 * The text with *** in place of these values, the longest first: one may be part of another. Values shorter than `shortest`
 * characters stay, because they would be found in ordinary words.
 */
export function withoutSecrets(
  text: string,
  { secrets, shortest }: { readonly secrets: readonly string[]; readonly shortest: number },
): string {
  return secrets
    .filter((secret) => secret.length >= shortest)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, "***") : rest), text);
}
