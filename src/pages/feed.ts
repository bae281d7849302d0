import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Overview } from "../core/overview/overview.ts";
import { plainText } from "../core/text/plain-text.ts";
import type { Frame } from "./frame.ts";

const MOST = 50;

/** Atom: one entry for each check that notified somebody or failed, the newest first. */
export async function feedOf({ checks, lastCheck }: Overview, { texts, format, to, language }: Frame): Promise<string> {
  const news = checks
    .filter(({ check }) => check.outcome !== "unchanged" && check.outcome !== "skipped")
    .slice(0, MOST);
  const entries = news.map(({ list, check }) => {
    const counts =
      check.counts === undefined
        ? texts.outcomes[check.outcome]
        : texts.counts.short(format.quantity(check.counts.short));
    return html`<entry><title>${plainText(list.name)}: ${counts}</title><id>${stableId(`${list.id} ${check.at}`)}</id><updated>${check.at}</updated><link href="${to.list(list.id) ?? to.page("lists")}"/><summary>${plainText(check.error ?? texts.outcomes[check.outcome])}</summary></entry>
`;
  });
  const feed = html`${raw('<?xml version="1.0" encoding="utf-8"?>')}
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><title>Partwatch</title><id>${stableId("feed")}</id><updated>${(
    lastCheck ?? new Date(0)
  ).toISOString()}</updated><author><name>Partwatch</name></author><link rel="alternate" href="${to.page("overview")}"/>
${entries}</feed>
`;
  return String(await feed);
}

/** The same for the same thing, always: what has been read stays read. */
export function stableId(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}
