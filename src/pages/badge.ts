import { html } from "hono/html";
import type { Frame } from "./frame.ts";
import type { Standing } from "./overview.ts";

const LETTER = 6.6;
const PADDING = 12;
const FILLS = { bad: "#b42318", good: "#17703a", mute: "#5a6673" } as const;

/** How many parts are missing, for a README or a wiki. What is not known of a list is grey, unless something is missing anyway. */
export async function badgeOf(
  { missing, low, unknown, isUnknown }: Pick<Standing, "missing" | "low" | "unknown" | "isUnknown">,
  { texts, format }: Frame,
): Promise<string> {
  const lacking = missing + low;
  const isGrey = isUnknown || (lacking === 0 && unknown.length > 0);
  const words = isGrey
    ? texts.badgeUnknown
    : lacking === 0
      ? texts.badgeCovered
      : texts.badgeShort(format.quantity(lacking));
  const fill = FILLS[isGrey ? "mute" : lacking === 0 ? "good" : "bad"];
  const name = "partwatch";
  const left = Math.round(name.length * LETTER + PADDING);
  const right = Math.round(words.length * LETTER + PADDING);
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${name}: ${words}"><rect width="${left + right}" height="20" rx="3" fill="${fill}"/><path d="M3 0H${left}V20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3d4650"/><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="${left / 2}" y="14" textLength="${left - PADDING}" lengthAdjust="spacingAndGlyphs">${name}</text><text x="${left + right / 2}" y="14" textLength="${right - PADDING}" lengthAdjust="spacingAndGlyphs">${words}</text></g></svg>
`;
  return String(await svg);
}
