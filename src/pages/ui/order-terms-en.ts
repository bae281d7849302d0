// Words of the page of what to order, in English.
interface DraftWords {
  readonly reference: string;
  readonly supplier: string;
  readonly isNew: boolean;
  readonly done: number;
  readonly of: number;
}

export const orderTermsEn = {
  whatToOrder: "What to order",
  orderTitle: (suppliers: number) =>
    suppliers === 1 ? "To order from 1 supplier" : `To order from ${suppliers} suppliers`,
  nothingToOrder: "Nothing to order.",
  orderLead: (lists: string) => `For ${lists}: each shortage counted once, packs rounded once.`,
  orderColumns: { sum: "Sum", by: "Order by", reason: "Reason" },
  unpriced: (n: number) => (n === 1 ? "1 line without a price" : `${n} lines without a price`),
  nobodyOffers: "Nobody offers",
  offerReasons: {
    no_supplier_part: "no supplier part",
    none_active: "no active supplier part",
    unreadable: "offers cannot be read",
  },
  notCounted: "Not in these figures",
  orderBroken: (files: string) => `An order that lacks a list would be too small. Fix first: ${files}.`,
  orderNoLists: "There is no active list with parts: nothing to order for.",
  orderNoToken: (name: string) =>
    `Pending orders can be made here with a token of its own, ${name}: see Draft orders in docs/buying.md.`,
  orderLacks: (name: string, role: string) =>
    `The token of ${name} lacks ${role}: give a group of its user the role purchase order (add) in InvenTree.`,
  orderChanged: "What is to order has changed since the page showed it. Nothing was written; look again.",
  orderBusy: "Drafts are being written already.",
  draftsTitle: "Draft orders in InvenTree",
  draftsText: "Pending orders are written; nothing is issued.",
  draftNew: (supplier: string, lines: number) => `${supplier}: a new pending order, ${lineWords(lines)}.`,
  draftMore: (supplier: string, reference: string, lines: number) =>
    `${supplier}: ${lineWords(lines)} more in the pending order ${reference}.`,
  draftsWrite: "Write the drafts",
  draftsDone: "Drafts are written.",
  draftWritten: ({ reference, supplier, isNew, done, of }: DraftWords) =>
    `${reference} (${supplier}): ${isNew ? "new, " : "added "}${done === of ? lineWords(of) : `${done} of ${lineWords(of)}`}.`,
  draftsLook: "Look at them in InvenTree and issue them there.",
  draftsStopped: "Not all of it was written.",
  draftsLeft: (suppliers: string) => `Nothing more was written for ${suppliers}.`,
  draftsAgain: "Below is what is left to order now: write it once more.",
};

function lineWords(lines: number): string {
  return lines === 1 ? "1 line" : `${lines} lines`;
}
