import type { DataQuality, Outlook, ReportLine, ReportProblem } from "../generated/report.ts";
import type { Change, ChangeRow } from "../telling/change.ts";

/** Everything that people read in mails, summaries and tables, in one language. Both catalogues have the same keys. */
export interface Texts {
  readonly subjectShort: string;
  readonly subjectCovered: string;
  readonly partsShort: (count: number) => string;
  readonly watchedShort: (count: number) => string;
  readonly allCovered: string;
  readonly preheader: (counts: PreheaderCounts) => string;
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
  /** Said where nobody knows whether people have got these messages. */
  readonly mayHaveSaidOtherwise: (times: string) => string;
  readonly nowSilenced: (count: number) => string;
  readonly outlook: (outlook: Outlook, day: string, onOrder: number) => string;
  readonly flag: Readonly<Record<ReportLine["flags"][number], string>>;
  readonly note: Readonly<Record<ReportLine["notes"][number], string>>;
  /** Explains the numbers where a policy or rule makes them mean something else. */
  readonly stockNarrowed: string;
  /** `fields` is YAML in one line: `demand: none; buy: M`. */
  readonly policy: (fields: string) => string;
  readonly locationWatch: string;
  readonly consumablesLeftOut: (count: number) => string;
  readonly nothingLimits: string;
  readonly silencedPart: string;
  readonly costOf: Readonly<Record<"required" | "missing" | "to_order", string>>;
  readonly noEnd: string;
  readonly problem: (problem: ReportProblem) => string;
  readonly quality: (quality: DataQuality, path: string) => string;
  readonly more: (count: string) => string;
  readonly moreInCsv: (count: string) => string;
  readonly mail: MailTexts;
  readonly admin: AdminTexts;
}

export interface MailTexts {
  readonly attached: string;
  readonly why: (name: string) => string;
  readonly editList: string;
  readonly thisRun: string;
  readonly openInvenTree: string;
  readonly partLink: string;
  readonly summary: string;
}

export interface AdminTexts {
  readonly title: (key: string) => string;
  readonly usualFix: (key: string) => string;
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

export interface PreheaderCounts {
  readonly short: number;
  readonly toBuild: number;
  readonly critical: number;
  readonly low: number;
  readonly out: number;
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
  | "lines";

export type SectionId =
  | "changed"
  | "missing"
  | "to_order"
  | "to_build"
  | "critical"
  | "alternatives"
  | "watched"
  | "problems"
  | "data_quality"
  | "can_build"
  | "cost"
  | "silenced"
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
  | "part"
  | "ipn"
  | "version"
  | "units"
  | "status"
  | "required"
  | "optional"
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
  | "limited_by";
