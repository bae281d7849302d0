// What a template of the report mail can name. The names and their meanings are documented from here, and the model that
// fills a template in has exactly these.
import type { SectionId } from "../../core/view/texts/texts.ts";

export interface ReportModel {
  readonly language: string;
  readonly subject: string;
  readonly preheader: string;
  readonly status: string;
  readonly statusWords: string;
  readonly statusColor: string;
  readonly name: string;
  readonly headline: string;
  readonly since: string;
  readonly news: string;
  readonly checkedAt: string;
  readonly description: string;
  readonly facts: readonly { readonly row: readonly FactModel[] }[];
  readonly figures: string;
  readonly sections: readonly SectionModel[];
  readonly tables: Readonly<Partial<Record<SectionId, SectionModel>>>;
  readonly attached: string;
  readonly why: string;
  readonly footerLinks: readonly LinkModel[];
}

interface FactModel {
  readonly label: string;
  readonly text: string;
  readonly tone: string;
  readonly span: string;
}

/** Mustache looks a missing name up in what is around: every name is there, if only as false. */
export interface SectionModel {
  readonly title: string;
  readonly stack: string;
  readonly wide: string;
  readonly lead: string;
  readonly hasRows: boolean;
  readonly columns: readonly { readonly title: string; readonly cls: string }[];
  readonly rows: readonly { readonly cells: readonly CellModel[] }[];
  readonly remarks: readonly { readonly text: string }[];
}

export interface CellModel {
  readonly label: string | false;
  readonly cls: string;
  readonly text: string;
  readonly href: string | false;
  readonly sub: string | false;
  readonly more: LinkModel | false;
}

interface LinkModel {
  readonly text: string;
  readonly href: string;
}

/** A name: what it means, and what is inside. */
export interface Field {
  readonly meaning: string;
  readonly inside?: TemplateFields;
}

export interface TemplateFields {
  readonly [name: string]: Field;
}

type FieldsOf<T> = { readonly [Name in keyof T]-?: FieldOf<Exclude<T[Name], false | undefined>> };
type FieldOf<V> = [V] extends [readonly (infer Each)[]]
  ? { readonly meaning: string; readonly inside: FieldsOf<Each> }
  : [V] extends [string | boolean]
    ? { readonly meaning: string }
    : { readonly meaning: string; readonly inside: FieldsOf<V> };

const LINK: FieldsOf<LinkModel> = {
  text: { meaning: "its words" },
  href: { meaning: "its address, always http or https" },
};

const SECTION: FieldsOf<SectionModel> = {
  title: { meaning: "its title" },
  wide: { meaning: "class for sections that a phone has no room for: ` wide`, or empty" },
  stack: { meaning: "class for tables whose rows are stacked on a phone: ` stack`, or empty" },
  lead: { meaning: "a sentence above the table; may be empty" },
  hasRows: { meaning: "whether there is a table" },
  columns: {
    meaning: "the table's columns",
    inside: {
      title: { meaning: "the column's title" },
      cls: { meaning: "classes: `f` first, `r` right, `d` a day, `w` foreign words, `p3` not for a phone" },
    },
  },
  rows: {
    meaning: "the table's rows, at most `mail.rows`, fewer where the mail would be larger than 100 kB",
    inside: {
      cells: {
        meaning: "one for each column",
        inside: {
          label: { meaning: "the column's title where rows are stacked, else false" },
          cls: {
            meaning:
              "classes of its column, and `e` empty, `s` long, `t` a long second line, `bad`, `warn`, `good`, `muted`",
          },
          text: { meaning: "what it says" },
          href: { meaning: "where its text leads, else false" },
          sub: { meaning: "a second, quieter line, else false" },
          more: { meaning: "a second link, else false", inside: LINK },
        },
      },
    },
  },
  remarks: {
    meaning: "what stands below the table",
    inside: { text: { meaning: "a sentence" } },
  },
};

const TABLES: Readonly<Record<SectionId, string>> = {
  changed: "what changed since the last mail",
  missing: "what is missing",
  to_order: "what to order",
  chase: "orders that are late, undated or not placed",
  on_its_way: "other orders of missing parts",
  plan_lists: "the lists of a plan, and when each is ready",
  by_when: "when each entry is ready",
  how_many: "how many of each assembly could be built from which day on, where what arrives makes a difference",
  not_for_all: "what each list of a plan alone has enough of",
  to_build: "sub-assemblies to build",
  critical: "what is critical",
  alternatives: "substitutes and variants",
  watched: "watched stock",
  problems: "problems of the list",
  data_quality: "data quality",
  can_build: "what stock allows to build",
  cost: "cost",
  silenced: "what is silenced",
  unsettled: "what has not settled yet",
  parts: "every part of the list",
};

/** Every name, by its place. */
export const REPORT_FIELDS: FieldsOf<Omit<ReportModel, "tables">> & { readonly tables: Field } = {
  language: { meaning: "`en` or `de`" },
  subject: { meaning: "the mail's subject" },
  preheader: { meaning: "what changed, what to order, and the counts in one line, for the inbox" },
  status: { meaning: "`short` or `covered`" },
  statusWords: { meaning: "the same in words: *parts short*, *all covered*" },
  statusColor: { meaning: "a colour for it, as `#b42318`" },
  name: { meaning: "the list's name" },
  headline: { meaning: "the answer in a sentence" },
  since: { meaning: "since when something is short; may be empty" },
  news: { meaning: "what changed and what to order, in a line; may be empty" },
  checkedAt: { meaning: "when it was checked" },
  description: { meaning: "the list's description; may be empty" },
  facts: {
    meaning: "how much there is to do, in rows of at most four",
    inside: {
      row: {
        meaning: "one row",
        inside: {
          label: { meaning: "what the figure is" },
          text: { meaning: "the figure" },
          tone: { meaning: "`bad`, `warn`, `good` or `muted`" },
          span: { meaning: "how many of twelve columns it takes, so that all rows are as wide" },
        },
      },
    },
  },
  figures: { meaning: "what the list as a whole is like, in a line: parts short, requested and available, coverage" },
  sections: { meaning: "all sections that have something to say, in order", inside: SECTION },
  tables: {
    meaning: "the same sections by their names, for a template that wants only some",
    inside: Object.fromEntries(
      Object.entries(TABLES).map(([id, meaning]) => [
        id,
        { meaning: `${meaning}; like one of \`sections\``, inside: SECTION },
      ]),
    ),
  },
  attached: { meaning: "that a CSV is attached" },
  why: { meaning: "why one gets this mail" },
  footerLinks: {
    meaning:
      "links to the list's file, the forge's editor of it, the episode's issue, InvenTree and the run, as far as they are known",
    inside: LINK,
  },
};
