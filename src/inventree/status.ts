import { clip, plainText } from "../core/view/plain-text.ts";
import { type Failed, missingPermission } from "./outcome.ts";

export interface Refusal {
  readonly status: number;
  /** As asked for: `/api/part/`, without query. */
  readonly path: string;
  readonly body: string;
  readonly html: boolean;
  /** Takes the token out of what the server says, before it is cut to length. */
  readonly mask: (text: string) => string;
  /** Whether the answer bears InvenTree's own header. */
  readonly fromInventree: boolean;
  readonly retryAfterMs: number | undefined;
}

/** An answer that is no 2xx, in words. Tried again only: 429 and 5xx. */
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
    case 429:
      return { ...failed, ...overloaded(answer), cause: "429: the server asks to be asked less often" };
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
