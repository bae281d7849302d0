import { FailureError } from "../core/failure.ts";

/**
 * The token without the white space around it. Throws FailureError (kind config) without quoting it: a header with a
 * line break in it would otherwise become an error that does.
 */
export function checkToken(text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  const what = token === "" ? "is empty" : "holds a space, a line break or a character that no token has";
  throw new FailureError({ kind: "config", retryable: false, message: `INVENTREE_API_TOKEN ${what}` });
}

/** Takes a token out of a text, however a server may have written it down: in JSON, in an address, in other case. */
export function maskOf(token: string): (text: string) => string {
  const forms = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)];
  const pattern = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("|");
  return (text) => text.replace(new RegExp(pattern, "gi"), "***");
}
