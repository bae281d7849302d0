import { decidedAlerts, type HeardIssue, issuesOfDismissals } from "../../core/issue/decisions.ts";
import { parseBody } from "../../core/issue/mark.ts";
import type { Log } from "../../core/log.ts";
import type { Alert } from "../../core/telling/state.ts";
import { plainText } from "../../core/view/plain-text.ts";
import type { Listening } from "../channel.ts";
import type { Issue } from "./api.ts";
import { type Desk, findIssue } from "./desk.ts";

/** What a run has read of a monitor's issues before its check. */
export interface Heard {
  /** The one that it was told in. */
  readonly current: HeardIssue | undefined;
  /** The same as GitHub gave it. */
  readonly issue: Issue | undefined;
  /** Numbers of others, in which parts were dismissed, that were opened again. */
  readonly reopened: readonly number[];
}

export const NOTHING_HEARD: Heard = { current: undefined, issue: undefined, reopened: [] };

/** Reads the issues of a monitor, and what people have decided in them. Throws FailureError if GitHub does not say. */
export async function hear(
  desk: Desk,
  { monitor, alerts, told, at }: Listening,
): Promise<{ readonly alerts: readonly Alert[]; readonly heard: Heard }> {
  const number = issueNumber(told?.ref);
  const dismissedIn = issuesOfDismissals(alerts);
  const issues = new Map<number, HeardIssue>();
  let raw: Issue | undefined;
  for (const one of new Set([...(number === undefined ? [] : [number]), ...dismissedIn])) {
    const issue = await findIssue(desk, one);
    const read = issue === undefined ? undefined : heardIssue(issue, monitor.id);
    if (read !== undefined && one === number) raw = issue;
    if (read !== undefined) issues.set(one, read);
    else
      desk.log.warning(`issue #${one} is gone: deleted, moved to another repository, or none of ours`, {
        step: "issue",
      });
  }
  const current = number === undefined ? undefined : issues.get(number);
  const others = dismissedIn.flatMap((one) => issues.get(one) ?? []);
  const question = { alerts, current, dismissedIn: others, at };
  const found = decidedAlerts(question);
  const editor = isTicked(found, alerts) && raw !== undefined ? await editorOf(desk, raw) : undefined;
  const decided = editor === undefined ? found : decidedAlerts({ ...question, editor });
  sayDecided(desk.log, { before: alerts, after: decided });
  const reopened = others.filter((issue) => issue.isOpen && issue.number !== number);
  return { alerts: decided, heard: { current, issue: raw, reopened: reopened.map((issue) => issue.number) } };
}

function isTicked(after: readonly Alert[], before: readonly Alert[]): boolean {
  return after.some(({ state }, index) => state === "acknowledged" && before[index]?.state === "active");
}

/** Who it was that edited an issue last, but for ourselves; undefined where GitHub does not say it. */
async function editorOf({ issues }: Desk, { number, author }: Issue): Promise<string | undefined> {
  const asked = await issues.editor(number);
  return asked.kind === "done" && asked.value !== author ? asked.value : undefined;
}

/** The number that a telling left behind. */
export function issueNumber(ref: string | undefined): number | undefined {
  return ref !== undefined && /^[1-9]\d{0,9}$/.test(ref) ? Number(ref) : undefined;
}

/**
 * Undefined where the number is another monitor's issue, or somebody else's: a state that was edited by hand, or taken along
 * from another repository. Without a mark it is ours, emptied, if whoever opened it may write here.
 */
export function heardIssue(issue: Issue, monitor: string): HeardIssue | undefined {
  const { number, isOpen, isNotPlanned, body, isTrusted } = issue;
  const parsed = parseBody(body);
  if (parsed.mark === undefined ? !isTrusted : parsed.mark.monitor !== monitor) return undefined;
  return { number, isOpen, isNotPlanned, body: parsed };
}

function sayDecided(
  log: Log,
  { before, after }: { readonly before: readonly Alert[]; readonly after: readonly Alert[] },
): void {
  for (const [index, alert] of after.entries()) {
    const state = before[index]?.state;
    if (state !== undefined && state !== alert.state)
      log.info(`people decided: ${plainText(alert.name)} (${alert.kind}) is ${alert.state}`, { step: "issue" });
  }
}
