import { FailureError } from "../core/failure.ts";

/** Where an InvenTree server lives. */
export interface ServerAddress {
  /** `https://inventree.example.com`. */
  readonly origin: string;
  /** Folder below the origin, without a trailing slash: `` or `/stock`. */
  readonly folder: string;
  /** Origin and folder, for links; no trailing slash, no `/api`. */
  readonly url: string;
}

/**
 * Reads the address of a server as people write it: with or without `/api`, a folder or trailing slashes.
 * Throws FailureError (kind config), which never repeats the text: people paste tokens into the wrong field.
 */
export function parseServerUrl(text: string): ServerAddress {
  const trimmed = text.trim();
  if (trimmed === "") throw bad("is empty");
  const url = URL.parse(trimmed);
  if (url === null || !/^https?:\/\//i.test(trimmed)) throw bad("is not a web address with http:// or https://");
  if (url.username !== "" || url.password !== "")
    throw bad("must not hold a user name or password (the token goes into INVENTREE_API_TOKEN)");
  if (url.search !== "" || url.hash !== "") throw bad("must not have anything after ? or #");
  const folder = url.pathname
    .replace(/\/+$/, "")
    .replace(/\/+api$/, "")
    .replace(/\/+$/, "");
  return { origin: url.origin, folder, url: `${url.origin}${folder}` };
}

function bad(what: string): FailureError {
  const message = `INVENTREE_URL ${what}; write it like https://inventree.example.com`;
  return new FailureError({ kind: "config", retryable: false, message });
}
