import { commentMark } from "../../core/issue/comment.ts";
import { overBody } from "../../core/issue/mark.ts";
import { channelTextsFor } from "../../core/view/channel-texts.ts";
import type { Language } from "../../core/view/format.ts";
import { commentOnce, type Desk, findIssue } from "./desk.ts";
import { heardIssue } from "./heard.ts";

/** Closes the issue of a monitor that is gone, with a comment. Throws FailureError if GitHub does not take it. */
export async function endIssue(
  desk: Desk,
  { number, monitor, language }: { readonly number: number; readonly monitor: string; readonly language: Language },
): Promise<void> {
  const issue = await findIssue(desk, number);
  if (issue?.isOpen !== true || heardIssue(issue, monitor) === undefined) return;
  const text = `${channelTextsFor(language).issue.monitorGone}\n\n${commentMark("gone")}`;
  await commentOnce(desk, { issue, text, telling: "gone", repeated: true });
  const change = { body: overBody(issue.body), state: "closed", state_reason: "not_planned" } as const;
  desk.must(await desk.issues.change(number, change));
}
