import { commentMark, recoveryWords } from "../../core/issue/comment.ts";
import { parseBody } from "../../core/issue/mark.ts";
import { somethingShort } from "../../core/telling/significant.ts";
import { channelTextsFor } from "../../core/view/channel-texts.ts";
import { standingOf } from "../../core/view/standing.ts";
import type { Telling } from "../channel.ts";
import type { Issue, IssueChange } from "./api.ts";
import { commentOnce, type Desk, findIssue } from "./desk.ts";
import { type Heard, heardIssue } from "./heard.ts";
import { bodyOf, changeOf, tellingMark, turnOf } from "./tell.ts";

/**
 * Puts right what stands in the issue that this run has heard, where nothing is to be told: boxes that the state ticked
 * otherwise, a text that somebody emptied, an issue that was closed although parts are short and not dismissed. Nobody hears
 * of the first two. Throws FailureError if GitHub does not take it.
 */
export async function refreshIssue(desk: Desk, telling: Telling, heard: Heard): Promise<void> {
  if (heard.issue === undefined || plannedFor(heard.issue, { telling, heard }) === undefined) return;
  // Anew: people may have ticked and closed since.
  const issue = await findIssue(desk, heard.issue.number);
  if (issue === undefined || heardIssue(issue, telling.monitor.id) === undefined) return;
  const planned = plannedFor(issue, { telling, heard });
  if (planned === undefined) return;
  desk.must(await desk.issues.change(issue.number, planned));
  if (planned.state === undefined) return;
  const { stillShort } = channelTextsFor(telling.monitor.language).issue;
  const mark = `${tellingMark(telling)}.${planned.state}`;
  const text = `${planned.state === "open" ? stillShort : recoveryWords(telling)}\n\n${commentMark(mark)}`;
  await commentOnce(desk, { issue, text, telling: mark, repeated: false });
}

function plannedFor(
  issue: Issue,
  { telling, heard }: { readonly telling: Telling; readonly heard: Heard },
): IssueChange | undefined {
  const present = parseBody(issue.body);
  const covered = standingOf(telling.report).covered;
  const isKnown = telling.told !== undefined && somethingShort(telling.told.significant);
  // Whoever opens it again when all was covered has a reason of their own; what is short since is told in another one. But
  // where nobody was to be told that all was covered, it was closed only until parts are short again.
  if (present.mark?.isOver === true && (covered || !isKnown)) return undefined;
  const turn = turnOf(issue, covered);
  const told = tellingMark(telling);
  const mark = {
    episode: telling.episode?.number ?? present.mark?.episode ?? 0,
    told,
    isNew: present.mark?.told === told && present.mark.isNew,
    isOver: turn === "recovered",
  };
  return changeOf(issue, { body: bodyOf({ telling, heard }, { mark, present }), turn });
}
