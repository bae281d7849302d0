import { plainText } from "../view/plain-text.ts";

/**
 * Foreign text inside the HTML of an issue: no tag, mention, or reference to an issue can be made of it. GitHub looks for
 * the last two in the finished page, so that only a blank without width keeps them apart.
 */
export function issueText(text: string): string {
  return attribute(plainText(text))
    .replace(/@(?=\w)/g, "@\u200b")
    .replace(/#(?=\d)/g, "#\u200b")
    .replace(/\bGH-(?=\d)/gi, "GH\u200b-");
}

/** The same on one line, for names: an address in it becomes no link, and refers to nothing. */
export function issueName(text: string): string {
  return issueText(text).replace(/:(?=\/\/)|\bwww(?=\.)/gi, "$&\u200b");
}

/** Foreign text as the value of an attribute. */
export function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
