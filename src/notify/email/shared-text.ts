import { textWidth, wrapToWidth } from "../../core/text/text-width.ts";
import { listLinks } from "./links.ts";
import { sectionText, WIDTH } from "./report-text.ts";
import type { ListPart, SharedMailParts } from "./shared-html.ts";

/** The mail as plain text: the lists with their counts, then each with its sections. */
export function sharedText({ parts, texts, headline, count, rows }: SharedMailParts): string {
  const words = texts.mail.together;
  const run = parts[0]?.view.links.run;
  const overview = parts.flatMap(({ view }) => [
    ...wrapToWidth(`* ${view.name}: ${view.statusWords}`, WIDTH),
    ...wrapToWidth(view.counts, WIDTH - 2).map((line) => `  ${line}`),
  ]);
  const blocks = [
    [words.title, "=".repeat(textWidth(words.title)), "", ...wrapToWidth(headline, WIDTH), "", ...overview].join("\n"),
    ...parts.map((part) => listText(part, { texts, count, rows })),
    [
      "--",
      ...wrapToWidth(words.attached, WIDTH),
      ...wrapToWidth(words.why, WIDTH),
      ...(run === undefined ? [] : [`${texts.mail.thisRun}:`, `  ${run}`]),
    ].join("\n"),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function listText(
  { view }: ListPart,
  { texts, ...options }: Pick<SharedMailParts, "texts" | "count" | "rows">,
): string {
  const head = [
    "=".repeat(WIDTH),
    ...wrapToWidth(view.name, WIDTH),
    "",
    ...wrapToWidth(view.since === undefined ? view.headline : `${view.headline} · ${view.since}`, WIDTH),
    ...(view.news === "" ? [] : wrapToWidth(view.news, WIDTH)),
    ...wrapToWidth(view.checkedAt, WIDTH),
  ];
  const links = listLinks(view, texts).flatMap(({ text, href }) => [`${text}:`, `  ${href}`]);
  return [
    head.join("\n"),
    ...view.sections.filter(({ id }) => id !== "parts").map((section) => sectionText(section, { texts, ...options })),
    ...(links.length === 0 ? [] : [links.join("\n")]),
  ].join("\n\n");
}
