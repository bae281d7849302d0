import type { HowMany } from "../generated/report.ts";
import { plainText } from "../text/plain-text.ts";
import { partHref } from "./cells.ts";
import { namesOf, withoutDayWords } from "./how-many-words.ts";
import { type ColumnPlan, type Section, tableOf } from "./table.ts";
import type { ViewContext } from "./view-context.ts";

/** Of one assembly; `calc --by-when` shows all. */
const MOST_ROWS = 6;

interface Row {
  readonly pk: number;
  readonly step: HowMany["steps"][number];
}

/** From which day on more of an assembly could be built; only where what arrives makes a difference. */
export function howManySection(viewing: ViewContext): Section[] {
  const { report, texts, format } = viewing;
  const changing = Object.entries(report.how_many ?? {}).flatMap(([pk, figures]) => {
    const steps = figures === undefined ? [] : changes(figures.steps);
    return figures === undefined || steps.length < 2 ? [] : [{ pk: Number(pk), figures, steps }];
  });
  if (changing.length === 0) return [];
  const names = namesOf(report);
  const name = (pk: number): string => plainText(names.get(pk) ?? `#${pk}`);
  const assembly: ColumnPlan<Row> = {
    id: "assembly",
    priority: 1,
    cell: ({ pk }) => ({ text: name(pk), ...partHref(viewing, pk) }),
  };
  const plan: ColumnPlan<Row>[] = [
    ...(changing.length === 1 ? [] : [assembly]),
    {
      id: "from_day",
      priority: 1,
      cell: ({ step: { date } }) => ({ text: date === null ? texts.howMany.now : format.day(date) }),
    },
    {
      id: "buildable",
      priority: 1,
      align: "right",
      cell: ({ step: { number } }) =>
        number === null
          ? { text: texts.nothingLimits }
          : { text: format.quantity(number), value: number, ...(number === 0 ? { tone: "muted" as const } : {}) },
    },
    {
      id: "limited_by",
      priority: 2,
      cell: ({ step }) => ({ text: step.limited_by.map(name).join(", ") }),
    },
  ];
  const rows = changing.flatMap(({ pk, steps }) => steps.map((step) => ({ pk, step })));
  const notes = changing.flatMap(({ pk, figures }) => {
    const words = withoutDayWords(figures, { format, name });
    return words === "" ? [] : [changing.length === 1 ? words : `${name(pk)}: ${words}`];
  });
  return [
    {
      id: "how_many",
      title: texts.sections.how_many,
      ...(changing.length === 1 ? { lead: name(changing[0]?.pk ?? 0) } : {}),
      ...tableOf({ titles: texts.columns, plan, rows }),
      notes: [...new Set(notes)],
    },
  ];
}

/** The steps at which the number changes: the first ones, and the last of all. */
function changes(steps: HowMany["steps"]): HowMany["steps"] {
  const changed = steps.filter((step, at) => at === 0 || step.number !== steps[at - 1]?.number);
  return changed.length <= MOST_ROWS ? changed : [...changed.slice(0, MOST_ROWS - 1), ...changed.slice(-1)];
}
