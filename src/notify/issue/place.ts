import { parseBody } from "../../core/issue/mark.ts";
import { somethingShort } from "../../core/telling/significant.ts";
import type { Telling } from "../channel.ts";
import type { Issue } from "./api.ts";
import { type Desk, findIssue, searchIssues } from "./desk.ts";
import { type Heard, heardIssue, issueNumber } from "./heard.ts";

/**
 * The issue in which this telling belongs: the one of its episode, by its number; else one that people opened again; else,
 * should a run have died after opening it, one that bears the monitor's mark. Undefined: a new one. Read anew, as people may
 * have ticked and closed while the run was under way. Throws FailureError if GitHub does not say.
 */
export async function placeOf(
  desk: Desk,
  {
    telling,
    id,
    covered,
    heard,
  }: {
    readonly telling: Telling;
    /** What this telling is called in marks. */
    readonly id: string;
    readonly covered: boolean;
    readonly heard: Heard;
  },
): Promise<Issue | undefined> {
  const { monitor } = telling;
  const number = issueNumber(telling.told?.ref);
  const known = number === undefined ? undefined : await findIssue(desk, number);
  const isOurs = known !== undefined && heardIssue(known, monitor.id) !== undefined;
  if (isOurs && (covered || goesOn(known, telling))) return known;
  for (const reopened of heard.reopened) {
    const issue = await findIssue(desk, reopened);
    if (issue?.isOpen === true && heardIssue(issue, monitor.id) !== undefined) return issue;
  }
  return searchIssues(desk, isLeftBehind({ monitor: monitor.id, id }));
}

/** Wanted by a run that opened it and could not remember it, or whose memory was lost. */
export function isLeftBehind(of: { readonly monitor: string; readonly id: string }): (issue: Issue) => boolean {
  return ({ body, isOpen, isNotPlanned }) => {
    const { mark } = parseBody(body);
    if (mark?.monitor !== of.monitor) return false;
    // Over and not planned: its list was gone, or another issue took its place.
    if (mark.isOver && isNotPlanned) return false;
    return mark.told === of.id || (isOpen && !mark.isOver);
  };
}

/** Open, or closed by somebody in the same episode without dismissing its parts: these are short all the same. */
function goesOn({ isOpen, isNotPlanned, body }: Issue, { episode, told }: Telling): boolean {
  const { mark } = parseBody(body);
  const isKnown = told !== undefined && somethingShort(told.significant);
  // Where nobody was to be told that all was covered, its episode goes on.
  if (isNotPlanned || (mark?.isOver === true && !isKnown)) return false;
  if (isOpen) return true;
  // Of one that was emptied only the state knows whether it was closed at the end of its episode.
  return mark === undefined ? isKnown : mark.episode === episode?.number;
}
