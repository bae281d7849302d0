import pLimit from "p-limit";
import { isRecord } from "../../src/core/records.ts";

/** How long a real server works on an answer, so that what is fast here is fast there as well. */
export interface Costs {
  /** Answers that it works on at the same time; more requests wait. */
  readonly workers: number;
  /** How much slower than the server of docs/performance.md. */
  readonly factor: number;
}

/** Works on answers, so many at once. */
export type Work = <T>(task: () => Promise<T>) => Promise<T>;

/** Nobody waits without `costs`. */
export function startWork(costs: Costs | undefined): Work {
  return costs === undefined ? (task) => task() : pLimit(costs.workers);
}

/**
 * Milliseconds that the server of docs/performance.md takes for this answer: what it takes to begin, and the rows of a list,
 * among them those that come before the page.
 */
export function workMs(pathAndQuery: string, body: string): number {
  const address = new URL(pathAndQuery, "http://127.0.0.1");
  const path = address.pathname;
  if (!path.startsWith("/api/")) return 0;
  const rows = rowsIn(body);
  if (rows === undefined) return SINGLE_MS;
  const { rowMs, skippedMs } = ROW_COSTS.get(path) ?? { rowMs: ROW_MS, skippedMs: SKIPPED_ROW_MS };
  return beginMs(address) + rows * rowMs + Number(address.searchParams.get("offset") ?? 0) * skippedMs;
}

const SINGLE_MS = 50;
const SHORT_LIST_MS = 70;
const PAGE_MS = 60;
const ROW_MS = 0.4;
const SKIPPED_ROW_MS = 0.04;
const ROW_COSTS = new Map([
  ["/api/bom/", { rowMs: 1.15, skippedMs: 0 }],
  // With order, part and supplier part: nearly twice as long as parts.
  ["/api/order/po-line/", { rowMs: 0.7, skippedMs: SKIPPED_ROW_MS }],
]);

function beginMs({ pathname, searchParams }: URL): number {
  if (pathname === "/api/part/") return SHORT_LISTS.some((name) => searchParams.has(name)) ? SHORT_LIST_MS : PAGE_MS;
  return OF_ONE_PART.some((name) => searchParams.has(name)) ? SINGLE_MS : PAGE_MS;
}

/** Parts that the server has to look for. */
const SHORT_LISTS = ["in_bom_for", "ancestor", "category", "name_regex", "IPN_regex"];
const OF_ONE_PART = ["part", "base_part"];

/** undefined: not a list. */
function rowsIn(body: string): number | undefined {
  const answer: unknown = JSON.parse(body);
  if (Array.isArray(answer)) return answer.length;
  return isRecord(answer) && Array.isArray(answer.results) ? answer.results.length : undefined;
}
