import type { Texts } from "../../core/view/texts/texts.ts";
import type { View } from "../../core/view/view.ts";

interface MailLink {
  readonly text: string;
  readonly href: string;
}

/** Where a reader can go on: the list, the place to silence its parts, its issue, InvenTree. Only what is known. */
export function listLinks({ links }: Pick<View, "links">, { mail }: Pick<Texts, "mail">): readonly MailLink[] {
  const { monitorFile, editFile, issue, inventree } = links;
  return [
    // Where no editor is known, the file itself is the way.
    ...mailLink(editFile === undefined ? mail.editList : mail.openList, monitorFile),
    ...mailLink(mail.silence, editFile),
    ...mailLink(mail.openIssue, issue),
    ...mailLink("InvenTree", inventree),
  ];
}

export function mailLink(text: string, href: string | undefined): readonly MailLink[] {
  return href === undefined ? [] : [{ text, href }];
}
