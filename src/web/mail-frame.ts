// Mails are shown in frames that may do nothing, light or dark as the page asks for.

/** Inline style is what mails are made of; everything else stays off. */
export const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups";

export type Scheme = "light" | "dark";

export function schemeOf(word: string | undefined): Scheme | undefined {
  return word === "light" || word === "dark" ? word : undefined;
}

/** The same mail as a reader with that scheme sees it, whatever this browser's own is. */
export function inScheme(html: string, scheme: Scheme): string {
  // A query that always holds, or never, also where others are joined to it.
  const always = (holds: boolean) => (holds ? "(min-width:0)" : "(max-width:0)");
  return html
    .replace(/\(prefers-color-scheme:\s*(light|dark)\)/g, (_, wanted: string) => always(wanted === scheme))
    .replace(/(<meta name="(?:supported-)?color-schemes?" content=")light dark(")/g, `$1${scheme}$2`);
}
