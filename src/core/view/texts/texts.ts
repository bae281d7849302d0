import type { DataQuality, Outlook, ReadyPart, ReportLine, ReportProblem } from "../../generated/report.ts";
import type { Change, ChangeRow } from "../../notification/change.ts";

/** Everything that people read in mails, summaries and tables, in one language. Both catalogues have the same keys. */
export interface Texts {
  readonly subjectShort: string;
  readonly subjectLate: string;
  readonly subjectCovered: string;
  readonly partsShort: (count: number) => string;
  readonly watchedShort: (count: number) => string;
  readonly notInTime: (count: number) => string;
  readonly allCovered: string;
  readonly preheader: (counts: PreheaderCounts) => string;
  /** How many parts are to order, with the total of those that have a price; empty: none has. */
  readonly newsToOrder: (parts: number, amounts: string) => string;
  readonly checkedAt: (instant: string) => string;
  /** In the second line of a row: for which assemblies, since when. */
  readonly neededFor: (assemblies: string) => string;
  readonly since: (day: string) => string;
  /** In the second line of a row: how much of what is required only optional lines ask for. */
  readonly optionalPart: (optional: string, required: string) => string;
  /** In the second line of a row: how much of what is missing earlier orders are short of already. */
  readonly owedPart: (owed: string) => string;
  /** In the second line of a row: by how much of which substitutes it is covered. */
  readonly coveredPart: (substitutes: string) => string;
  readonly shortSince: (day: string) => string;
  readonly facts: Readonly<Record<FactId, string>>;
  /** Below "parts available": of how many. */
  readonly ofRequested: (requested: string) => string;
  readonly sections: Readonly<Record<SectionId, string>>;
  readonly columns: Readonly<Record<ColumnId, string>>;
  readonly status: Readonly<Record<StatusWord, string>>;
  readonly change: Readonly<Record<ChangeRow["sort"], string>>;
  readonly changeKind: Readonly<Record<ChangeRow["kind"], string>>;
  /** What opens the section "what changed"; empty where the rows say it all. */
  readonly changeLead: (change: Change, covered: boolean) => string;
  readonly listEdited: string;
  readonly plan: PlanTexts;
  /** If it is unknown whether people have received these messages. */
  readonly mayHaveSaidOtherwise: (times: string) => string;
  /** If it is unknown whether people have received the same in that mail. */
  readonly mayHaveSaidThis: (time: string) => string;
  readonly nowSilenced: (count: number) => string;
  readonly outlook: (outlook: Outlook, day: string, onOrder: number) => string;
  /** Of an order that is a draft or on hold. */
  readonly notPlaced: string;
  readonly buying: BuyingTexts;
  /** When an entry is ready. */
  readonly ready: Readonly<Record<"now" | "unknown", string>> & { readonly ifOrdered: (day: string) => string };
  /** Why a part is waited for: `late`, `to order`. */
  readonly because: Readonly<Record<ReadyPart["because"], string>>;
  readonly howMany: { readonly now: string; readonly atHand: string; readonly withoutDay: string };
  /** A day by which something should have been ordered. */
  readonly tooLate: (day: string) => string;
  readonly flag: Readonly<Record<ReportLine["flags"][number], string>>;
  readonly note: Readonly<Record<ReportLine["notes"][number], string>>;
  /** Explains the numbers where a policy or rule makes them mean something else. */
  readonly stockNarrowed: string;
  /** `fields` is YAML in one line: `demand: none; buy: M`. */
  readonly policy: (fields: string) => string;
  readonly locationWatch: string;
  readonly consumablesLeftOut: (count: number) => string;
  readonly nothingLimits: string;
  readonly unknownCost: string;
  readonly minimumPart: (minimum: string) => string;
  readonly onOrderPart: (quantity: string) => string;
  readonly silencedPart: string;
  /** So many checks in a row, of those that are needed. */
  readonly checksOf: (checks: string, of: string) => string;
  readonly costOf: Readonly<Record<"required" | "missing" | "to_order", string>>;
  readonly noEnd: string;
  readonly problem: (problem: ReportProblem) => string;
  readonly quality: (quality: DataQuality, path: string) => string;
  readonly more: (count: string) => string;
  readonly moreInCsv: (count: string) => string;
  readonly mail: MailTexts;
  readonly admin: AdminTexts;
}

interface PlanTexts {
  /** It, or one of its lists. */
  readonly edited: string;
  /** Ids of inactive lists. */
  readonly leftOut: (ids: string) => string;
  readonly notForAll: string;
  /** The same of one part. */
  readonly notForAllPart: string;
}

interface BuyingTexts {
  readonly noPrice: string;
  /** Fewer are ordered than the first price is for. */
  readonly belowFirst: string;
  /** A larger quantity that costs no more. */
  readonly nextBreak: (packs: string, total: string) => string;
  readonly total: (amounts: string, unpriced: number) => string;
  readonly unreadable: string;
}

interface MailTexts {
  readonly attached: string;
  readonly why: (name: string) => string;
  readonly editList: string;
  readonly openList: string;
  /** Leads to the list in the forge's editor. */
  readonly silence: string;
  readonly openIssue: string;
  readonly thisRun: string;
  readonly openInvenTree: string;
  readonly partLink: string;
  readonly summary: string;
  readonly together: TogetherTexts;
}

/** One mail of several lists. */
interface TogetherTexts {
  readonly title: string;
  /** The start of its subject. */
  readonly week: (week: number) => string;
  readonly notCovered: (lists: number, of: number) => string;
  readonly allCovered: (lists: number) => string;
  readonly list: string;
  readonly shortened: string;
  readonly attached: string;
  readonly why: string;
}

export interface AdminTexts {
  readonly title: (key: string) => string;
  /** `cause`: a bad certificate and a redirect have fixes of their own. */
  readonly usualFix: (key: string, cause: string) => string;
  readonly overTitle: (key: string) => string;
  readonly begins: string;
  readonly over: string;
  readonly since: string;
  readonly overAt: string;
  readonly lasted: string;
  readonly cause: string;
  readonly wasCause: string;
  readonly fix: string;
  readonly monitors: string;
  readonly run: string;
  readonly once: string;
  readonly preheader: (monitors: number) => string;
}

interface PreheaderCounts {
  readonly short: number;
  readonly toBuild: number;
  readonly critical: number;
  readonly low: number;
  readonly out: number;
  readonly late: number;
  readonly coverage: string;
}

export type FactId =
  | "requested"
  | "available"
  | "coverage"
  | "short"
  | "to_build"
  | "critical"
  | "unresolved"
  | "low"
  | "out"
  | "late"
  | "to_order"
  | "overdue"
  | "lines";

export type SectionId =
  | "changed"
  | "missing"
  | "to_order"
  | "chase"
  | "on_its_way"
  | "plan_lists"
  | "by_when"
  | "how_many"
  | "not_for_all"
  | "to_build"
  | "critical"
  | "alternatives"
  | "watched"
  | "problems"
  | "data_quality"
  | "can_build"
  | "cost"
  | "silenced"
  | "unsettled"
  | "parts";

export type StatusWord =
  | "short"
  | "not_found"
  | "ambiguous"
  | "on_its_way"
  | "in_production"
  | "to_build"
  | "critical"
  | "enough"
  | "enough_with_variants"
  | "enough_with_substitutes"
  | "too_large"
  | "low"
  | "out";

export type ColumnId =
  | "stands"
  | "found"
  | "checks"
  | "part"
  | "ipn"
  | "version"
  | "units"
  | "status"
  | "required"
  | "optional"
  | "overage"
  | "in_stock"
  | "committed"
  | "available"
  | "borrowed"
  | "on_order"
  | "in_production"
  | "missing"
  | "owed"
  | "to_order"
  | "order_quantity"
  | "to_build"
  | "critical"
  | "delivery"
  | "due"
  | "order_by"
  | "needed_by"
  | "ready"
  | "waits_for"
  | "order_reference"
  | "sku"
  | "mpn"
  | "packs"
  | "pack"
  | "unit_price"
  | "currency"
  | "total"
  | "supplier"
  | "covered_by"
  | "needed_for"
  | "notes"
  | "since"
  | "change"
  | "kind"
  | "before"
  | "now"
  | "for"
  | "substitute"
  | "free"
  | "minimum"
  | "lacking"
  | "location"
  | "entry"
  | "list"
  | "id"
  | "entries"
  | "problem"
  | "remark"
  | "cost"
  | "least"
  | "most"
  | "unpriced"
  | "quantity"
  | "reason"
  | "until"
  | "assembly"
  | "can_build"
  | "direct"
  | "limited_by"
  | "from_day"
  | "buildable";
