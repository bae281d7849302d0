import { FailureError } from "../core/failure.ts";

/** InvenTree 1.0. */
const MIN_API_VERSION = 390;

/** The header `X-InvenTree-API`, if it is there. Throws FailureError (refused) if the server is too old. */
export function checkApiVersion(header: string | undefined): number | undefined {
  const text = header?.trim() ?? "";
  return /^\d+$/.test(text) ? supported(Number(text)) : undefined;
}

/** What `/api/` says. Throws FailureError (refused) if the server is too old or no InvenTree. */
export function apiVersionOf(root: unknown): number {
  const version = typeof root === "object" && root !== null && "apiVersion" in root ? root.apiVersion : undefined;
  if (typeof version !== "number" || !Number.isInteger(version))
    throw refused("[GET] /api/: the answer names no apiVersion: is INVENTREE_URL the address of an InvenTree server?");
  return supported(version);
}

function supported(version: number): number {
  if (version >= MIN_API_VERSION) return version;
  throw refused(
    `the server's API version is ${version}; Partwatch needs at least ${MIN_API_VERSION} (InvenTree 1.0): update InvenTree`,
  );
}

function refused(message: string): FailureError {
  return new FailureError({ kind: "inventree", retryable: false, message, incident: "refused" });
}
