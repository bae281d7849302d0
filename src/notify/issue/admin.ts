// Trouble as an issue: a configuration problem or an outage, one issue from its beginning to its end.
import { createHash } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import type { Failure } from "../../core/failure.ts";
import type { GithubApi } from "../../core/github-api.ts";
import { commentMark } from "../../core/issue/comment.ts";
import { attribute, issueText } from "../../core/issue/text.ts";
import { troubleId } from "../../core/telling/webhook-payload.ts";
import { textsFor } from "../../core/view/catalogue.ts";
import { channelTextsFor } from "../../core/view/channel-texts.ts";
import { howManyFit } from "../../core/view/fitting.ts";
import { type Format, formatFor, type Language } from "../../core/view/format.ts";
import { markdownText } from "../../core/view/markdown.ts";
import { clip, plainText, webAddress } from "../../core/view/plain-text.ts";
import type { AdminChannel, AdminNotice } from "../channel.ts";
import type { Issue } from "./api.ts";
import { commentOnce, createOnce, type Desk, findIssue, searchIssues } from "./desk.ts";
import { issueNumber } from "./heard.ts";
import { workWith } from "./work.ts";

export interface IssueAdminOptions {
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  readonly language: Language;
  readonly timezone: string;
}

const MOST_LINES = 60;
/** Of all lines of a cause or a fix together: the rest of the 65,536 characters that GitHub takes is for what stands beside. */
const MOST_CHARACTERS = 20_000;
const LONGEST_LINE = 600;
const MOST_MONITORS = 50;

/** Tells the admins by issues. That issues cannot be written is no news for an issue. */
export function createIssueAdmin(options: IssueAdminOptions): AdminChannel {
  const work = workWith(options);
  return {
    name: "issue",
    tell: async (notice, log) => {
      if (notice.key === "issue") return { kind: "failed", failure: NO_NEWS, refused: [] };
      const told = await work(log, (desk) =>
        notice.kind === "begins" ? begin(desk, { notice, options }) : end(desk, { notice, options }),
      );
      if (told.kind === "failed") {
        log.error(`issue not written: ${told.failure.message}`, { step: "issue" });
        return { ...told, refused: [] };
      }
      const ref = told.value === undefined ? (notice.ref ?? "") : String(told.value);
      log.info(`issue #${ref} says it`, { step: "issue" });
      return { kind: "accepted", ref, accepted: [`#${ref}`], pending: [], refused: [] };
    },
  };
}

const NO_NEWS: Failure = {
  kind: "channel",
  retryable: true,
  message: "That issues cannot be written is told by every other way.",
};

interface Work {
  readonly notice: AdminNotice;
  readonly options: IssueAdminOptions;
}

async function begin(desk: Desk, { notice, options }: Work): Promise<number> {
  const format = formatFor(options);
  const { admin } = textsFor(format);
  const body = bodyOf(notice, { format, options });
  const known = await find(desk, notice);
  if (known === undefined) {
    const kind = channelTextsFor(options.language).issue.trouble[
      isConfiguration(notice.key) ? "configuration" : "outage"
    ];
    const title = clip(`[Partwatch] ${kind}: ${plainText(admin.title(notice.key))}`, 240);
    const { labels, assignees } = options;
    const issue = { title, body, labels, assignees };
    return (await createOnce(desk, { issue, isIt: bears(notice) })).number;
  }
  if (known.body === body && known.isOpen) return known.number;
  // The same trouble has another cause now: a file is broken otherwise.
  const state = known.isOpen ? {} : ({ state: "open", state_reason: "reopened" } as const);
  desk.must(await desk.issues.change(known.number, { body, ...state }));
  const id = troubleId(notice);
  const text = [causeOf(notice.cause), commentMark(id)].join("\n\n");
  await commentOnce(desk, { issue: known, text, telling: id, repeated: true });
  return known.number;
}

/** Undefined: there is no such issue any more, and nothing to be said in it. */
async function end(desk: Desk, { notice, options }: Work): Promise<number | undefined> {
  const issue = await find(desk, notice);
  if (issue === undefined || !issue.isOpen) return issue?.number;
  const { admin } = textsFor(formatFor(options));
  const id = troubleId(notice);
  const { troubleOver } = channelTextsFor(options.language).issue;
  const text = [
    `**${markdownText(admin.overTitle(notice.key))}**`,
    troubleOver,
    ...runOf(notice, admin.run),
    commentMark(id),
  ];
  await commentOnce(desk, { issue, text: text.join("\n\n"), telling: id, repeated: true });
  desk.must(await desk.issues.change(issue.number, { state: "closed", state_reason: "completed" }));
  return issue.number;
}

/** By its number; else, should the number have been lost, by the mark. */
async function find(desk: Desk, notice: AdminNotice): Promise<Issue | undefined> {
  const number = issueNumber(notice.ref);
  const known = number === undefined ? undefined : await findIssue(desk, number);
  if (known?.body.includes(keyMark(notice.key)) === true) return known;
  return searchIssues(desk, (issue) => issue.isOpen && bears(notice)(issue));
}

function bears(notice: AdminNotice): (issue: Issue) => boolean {
  return ({ body }) => body.includes(markOf(notice));
}

/** One issue per trouble and episode of it. */
function markOf({ key, since }: AdminNotice): string {
  return `${keyMark(key)} since=${since.toISOString()} -->`;
}

function keyMark(key: string): string {
  return `<!-- partwatch-trouble ${createHash("sha256").update(key).digest("hex").slice(0, 12)}`;
}

/** What is in the repository's hands; the rest is the world's. */
function isConfiguration(key: string): boolean {
  return /^(?:file|check|address):|\/refused$/.test(key);
}

function bodyOf(
  notice: AdminNotice,
  { format, options }: { readonly format: Format; readonly options: IssueAdminOptions },
): string {
  const { admin, more } = textsFor(format);
  const names = notice.monitors.slice(0, MOST_MONITORS).map((name) => `- ${markdownText(clip(plainText(name), 120))}`);
  const left = notice.monitors.length - names.length;
  const fix = notice.fix ?? admin.usualFix(notice.key);
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

/** Line by line as it was said: a cause may hold YAML or paths. */
function causeOf(cause: string): string {
  return `<pre>${linesOf(cause).join("\n")}</pre>`;
}

function linesOf(text: string): readonly string[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => `${/^ */.exec(line)?.[0] ?? ""}${issueText(clip(plainText(line), LONGEST_LINE))}`)
    .filter((line) => line.trim() !== "");
  const sizes = lines.map((line) => line.length + "<br>".length);
  const shown = Math.min(MOST_LINES, howManyFit(sizes, MOST_CHARACTERS));
  return lines.length > shown ? [...lines.slice(0, shown), "…"] : lines;
}

function runOf({ links }: AdminNotice, words: string): readonly string[] {
  const run = webAddress(links.run);
  return run === undefined ? [] : [`<a href="${attribute(run)}">${issueText(words)}</a>`];
}
