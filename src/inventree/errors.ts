import { type Failure, FailureError } from "../core/failure.ts";
import { defined } from "../core/records.ts";
import { clip, plainText } from "../core/text/plain-text.ts";

interface Refusal {
  readonly status: number;
  /** As requested: `/api/part/`, without query. */
  readonly path: string;
  readonly body: string;
  readonly html: boolean;
  /** Takes the token out of what the server says, before it is cut to length. */
  readonly mask: (text: string) => string;
  /** Whether the answer has InvenTree's own header. */
  readonly fromInventree: boolean;
  readonly retryAfterMs: number | undefined;
}

/** An answer that is no 2xx, in words. Tried again only: 408, 425, 429 and 5xx. */
export function refusal(answer: Refusal): Failed {
  const { status } = answer;
  const failed = { kind: "failed", status, again: false, incident: "refused" } as const;
  switch (status) {
    case 401:
      return { ...failed, cause: `401: ${said(answer, "the token is not valid; is INVENTREE_API_TOKEN right?")}` };
    case 403:
      return { ...failed, cause: `403: ${forbidden(answer)}` };
    case 404:
      return { ...failed, cause: `404: ${said(answer, notFound(answer))}` };
    case 408:
    case 425:
      return {
        ...failed,
        ...overloaded(answer),
        cause: `${status}: ${said(answer, "the server asks to be asked again")}`,
      };
    case 429:
      return { ...failed, ...overloaded(answer), cause: "429: too many requests" };
  }
  if (status >= 500)
    return { ...failed, ...overloaded(answer), cause: `${status}: ${said(answer, "the server failed")}` };
  return { ...failed, cause: `${status}: ${said(answer, "the server refuses the request")}` };
}

function overloaded(answer: Refusal): Pick<Failed, "again" | "incident" | "retryAfterMs"> {
  return { again: true, incident: "unreachable", retryAfterMs: answer.retryAfterMs };
}

function forbidden(answer: Refusal): string {
  if (answer.html) return "an HTML page refuses it: is a login proxy or firewall in front of InvenTree?";
  const permission = missingPermission(answer.path);
  return permission === undefined ? said(answer, "the token may not read this") : `the token lacks ${permission}`;
}

function notFound(answer: Refusal): string {
  if (!answer.fromInventree) return "not found: is INVENTREE_URL the address of an InvenTree server?";
  return /\/\d+\/$/.test(answer.path)
    ? "InvenTree knows no such thing"
    : "this InvenTree server has no such part of its API";
}

/** Our words, and the server's own in brackets. */
function said(answer: Refusal, words: string): string {
  const detail = detailOf(answer);
  return detail === undefined ? words : `${words} (the server says: ${detail})`;
}

/** Django's `{"detail": …}`, or the first message for a field; one line of at most 200 characters. */
function detailOf({ body, mask }: Refusal): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return undefined;
    const text = "detail" in parsed ? parsed.detail : Object.values(parsed).flat()[0];
    if (typeof text !== "string" || text.trim() === "") return undefined;
    return clip(plainText(mask(text)), 200);
  } catch {
    return undefined; // a proxy's own page: nothing to quote
  }
}

/** The server cannot give that much in one answer; less may do. */
export class PageTooLarge extends Error {
  constructor(cause: string) {
    super(cause);
    this.name = "TooHeavy";
  }
}

/**
 * Whether a smaller page is a better next attempt than the same one: it came too late, or twice as an error of the server
 * (SQLite answers 500 to a page that names too many other rows, and will each time).
 */
export function isTooHeavy({ status, tooSlow }: Failed, attempt: number): boolean {
  return tooSlow === true || status === 504 || (status === 500 && attempt >= 2);
}

/** What became of one attempt of a request. */
export type RequestOutcome =
  | { readonly kind: "answer"; readonly body: unknown }
  | { readonly kind: "redirect"; readonly location: string; readonly status: number }
  | Failed;

export interface Failed {
  readonly kind: "failed";
  /** In words; may hold text of the server, so mask it before it is shown. */
  readonly cause: string;
  readonly incident: NonNullable<Failure["incident"]>;
  readonly status?: number;
  /** Whether the same request may be better next time. */
  readonly again: boolean;
  readonly retryAfterMs?: number | undefined;
  /** No answer came in time. */
  readonly tooSlow?: boolean;
  readonly error?: unknown;
}

/** The failure that people see: `[GET] /api/part/?limit=500: 403: the token lacks part.view`. */
export function toFailure(failed: Failed, request: string, attempts: number): FailureError {
  const times = attempts > 1 ? ` (${attempts} attempts)` : "";
  return new FailureError(
    {
      kind: "inventree",
      ...defined({ status: failed.status }),
      retryable: failed.again,
      message: `${request}: ${failed.cause}${times}`,
      incident: failed.incident,
    },
    { cause: failed.error },
  );
}

/** The role of InvenTree without which a path is refused. */
function missingPermission(path: string): string | undefined {
  return PERMISSIONS.find(([start]) => path.startsWith(start))?.[1];
}

// The more special path first. Which role opens which path: the security scopes in InvenTree's OpenAPI schema.
const PERMISSIONS: readonly (readonly [string, string])[] = [
  ["/api/part/category/", "part_category.view"],
  ["/api/part/", "part.view"],
  ["/api/bom/", "bom.view (before API 481: part.view)"],
  ["/api/stock/location/", "stock_location.view"],
  ["/api/stock/", "stock.view"],
  ["/api/build/", "build.view"],
  ["/api/order/po", "purchase_order.view"],
  ["/api/order/so", "sales_order.view"],
  ["/api/company/part/", "purchase_order.view (or part.view)"],
];
