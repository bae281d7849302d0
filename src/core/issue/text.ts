import { plainText } from "../text/plain-text.ts";
import { keptApart, LINK_STARTS, MENTIONS } from "../view/markdown.ts";

/** Foreign text inside the HTML of an issue: no tag, mention, or reference to an issue can be made of it. */
export function issueText(text: string): string {
  return keptApart(attribute(plainText(text)), MENTIONS);
}

/** The same on one line, for names: an address in it becomes no link, and refers to nothing. */
export function issueName(text: string): string {
  return keptApart(issueText(text), LINK_STARTS);
}

/** Foreign text as the value of an attribute. */
export function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
