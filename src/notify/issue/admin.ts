// An incident as an issue: a configuration problem or an outage, one issue from its beginning to its end.
import { createHash } from "node:crypto";
import type { Failure } from "../../core/failure.ts";
import type { GithubApi } from "../../core/github-api.ts";
import { commentMark } from "../../core/issue/comment.ts";
import { attribute, issueText } from "../../core/issue/text.ts";
import type { Clock } from "../../core/ports.ts";
import { clip, plainText, webAddress } from "../../core/text/plain-text.ts";
import { type Format, formatFor, type Language } from "../../core/view/format.ts";
import { markdownText } from "../../core/view/markdown.ts";
import { fitCount } from "../../core/view/message.ts";
import { channelTextsFor } from "../../core/view/texts/channel-texts.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import { incidentId } from "../../core/view/webhook-payload.ts";
import type { AdminChannel, AdminNotice } from "../channel.ts";
import type { Issue } from "./api.ts";
import { issueNumber } from "./read-decisions.ts";
import {
  commentOnce,
  createOnce,
  failedReceipt,
  findIssue,
  type IssueSession,
  searchIssues,
  workWith,
} from "./session.ts";

export interface IssueAdminOptions {
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly language: Language;
  readonly timezone: string;
}

const MOST_LINES = 60;
/** For all lines of a cause or a fix together: the rest of the 65,536 characters that GitHub takes is for the text around them. */
const MOST_CHARACTERS = 20_000;
const LONGEST_LINE = 600;
const MOST_MONITORS = 50;

/** Notifies the admins by issues. That issues cannot be written is never reported in an issue. */
export function createIssueAdmin(options: IssueAdminOptions): AdminChannel {
  const work = workWith(options);
  return {
    name: "issue",
    notify: async (notice, log) => {
      if (notice.key === "issue") return { kind: "failed", failure: NO_NEWS, refused: [] };
      const delivered = await work({ ...notice, log }, (session) =>
        notice.kind === "opened" ? begin(session, { notice, options }) : end(session, { notice, options }),
      );
      if (delivered.kind === "failed") {
        log.error(`issue not written: ${delivered.failure.message}`, { step: "issue" });
        return failedReceipt(delivered);
      }
      const ref = delivered.value === undefined ? (notice.ref ?? "") : String(delivered.value);
      log.info(`issue #${ref} says it`, { step: "issue" });
      return { kind: "accepted", ref, accepted: [`#${ref}`], pending: [], refused: [] };
    },
  };
}

const NO_NEWS: Failure = {
  kind: "channel",
  retryable: true,
  message: "Problems with issues are reported on all other channels.",
};

interface Work {
  readonly notice: AdminNotice;
  readonly options: IssueAdminOptions;
}

async function begin(session: IssueSession, { notice, options }: Work): Promise<number> {
  const format = formatFor(options);
  const { admin } = textsFor(format);
  const body = bodyOf(notice, { format, options });
  const known = await find(session, notice);
  if (known === undefined) {
    const kind = channelTextsFor(options.language).issue.incident[
      isConfiguration(notice.key) ? "configuration" : "outage"
    ];
    const title = clip(`[Partwatch] ${kind}: ${plainText(admin.title(notice.key))}`, 240);
    const { labels, assignees } = options;
    const issue = { title, body, labels, assignees };
    return (await createOnce(session, { issue, isIt: bears(notice) })).number;
  }
  if (known.body === body && known.isOpen) return known.number;
  // The cause of the incident has changed: the file is broken in another way.
  const state = known.isOpen ? {} : ({ state: "open", state_reason: "reopened" } as const);
  session.unwrap(await session.issues.change(known.number, { body, ...state }));
  const id = incidentId(notice);
  const text = [causeOf(notice.cause), commentMark(id)].join("\n\n");
  await commentOnce(session, { issue: known, text, mark: id, repeated: true });
  return known.number;
}

/** Undefined: the issue no longer exists, so there is nothing to comment on. */
async function end(session: IssueSession, { notice, options }: Work): Promise<number | undefined> {
  const issue = await find(session, notice);
  if (issue === undefined || !issue.isOpen) return issue?.number;
  const { admin } = textsFor(formatFor(options));
  const id = incidentId(notice);
  const { resolved } = channelTextsFor(options.language).issue;
  const text = [
    `**${markdownText(admin.overTitle(notice.key))}**`,
    resolved,
    ...runOf(notice, admin.run),
    commentMark(id),
  ];
  await commentOnce(session, { issue, text: text.join("\n\n"), mark: id, repeated: true });
  session.unwrap(await session.issues.change(issue.number, { state: "closed", state_reason: "completed" }));
  return issue.number;
}

/** By its number; else, should the number have been lost, by the mark. */
async function find(session: IssueSession, notice: AdminNotice): Promise<Issue | undefined> {
  const number = issueNumber(notice.ref);
  const known = number === undefined ? undefined : await findIssue(session, number);
  // A notice about several addresses carries the marks of all of them.
  const mark = /^address(?:es)?:/.test(notice.key) ? INCIDENT_MARK : keyMark(notice.key);
  if (known?.body.includes(mark) === true) return known;
  return searchIssues(session, (issue) => issue.isOpen && bears(notice)(issue));
}

function bears(notice: AdminNotice): (issue: Issue) => boolean {
  return ({ body }) => body.includes(markOf(notice));
}

/** One issue per incident and episode of it. */
function markOf({ key, since }: AdminNotice): string {
  return `${keyMark(key)} since=${since.toISOString()} -->`;
}

const INCIDENT_MARK = "<!-- partwatch-incident ";

function keyMark(key: string): string {
  return `${INCIDENT_MARK}${createHash("sha256").update(key).digest("hex").slice(0, 12)}`;
}

/** What can be fixed in the repository; everything else lies outside of it. */
function isConfiguration(key: string): boolean {
  return /^(?:file|check|address|addresses):|\/refused$/.test(key);
}

function bodyOf(
  notice: AdminNotice,
  { format, options }: { readonly format: Format; readonly options: IssueAdminOptions },
): string {
  const { admin, more } = textsFor(format);
  const names = notice.monitors.slice(0, MOST_MONITORS).map((name) => `- ${markdownText(clip(plainText(name), 120))}`);
  const left = notice.monitors.length - names.length;
  const fix = notice.fix ?? admin.usualFix(notice.key, notice.cause);
  return [
    markOf(notice),
    `${admin.since} ${issueText(formatFor(options).instant(notice.since))}`,
    `**${admin.cause}**`,
    causeOf(notice.cause),
    `**${admin.fix}**`,
    `<p>${linesOf(fix).join("<br>")}</p>`,
    ...(names.length === 0 ? [] : [`**${admin.monitors}**`, names.join("\n")]),
    ...(left === 0 ? [] : [more(format.quantity(left))]),
    ...runOf(notice, admin.run),
    admin.once,
  ].join("\n\n");
}

/** Line by line, verbatim: a cause may hold YAML or paths. */
function causeOf(cause: string): string {
  return `<pre>${linesOf(cause).join("\n")}</pre>`;
}

function linesOf(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => `${/^ */.exec(line)?.[0] ?? ""}${issueText(clip(plainText(line), LONGEST_LINE))}`)
    .filter((line) => line.trim() !== "");
  const sizes = lines.map((line) => line.length + "<br>".length);
  const shown = Math.min(MOST_LINES, fitCount(sizes, MOST_CHARACTERS));
  return lines.length > shown ? [...lines.slice(0, shown), "…"] : lines;
}

function runOf({ links }: AdminNotice, words: string): readonly string[] {
  const run = webAddress(links.run);
  return run === undefined ? [] : [`<a href="${attribute(run)}">${issueText(words)}</a>`];
}
