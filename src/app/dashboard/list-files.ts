import type { StateFiles } from "../../core/notification/state.ts";
import type { ListRow } from "../../core/overview/lists.ts";
import type { Overview } from "../../core/overview/overview.ts";
import { defined, own } from "../../core/records.ts";
import { type View, viewOf } from "../../core/view/view.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { csvOf } from "../../notify/email/csv.ts";
import { type Frame, frameFor } from "../../pages/frame.ts";
import { listPage, MAX_ROWS } from "../../pages/list.ts";
import type { Markup } from "../../pages/markup.ts";
import type { PageContent, Site } from "../../pages/shell.ts";
import type { FileNames } from "./addresses.ts";
import { fitting } from "./fitting.ts";

interface Making {
  readonly input: DashboardInput;
  readonly overview: Overview;
  readonly names: FileNames;
  /** The frame of pages in a folder. */
  readonly below: Frame;
  readonly site: Site;
}

type Files = (readonly [path: string, text: string])[];

/** The page of each list and all its parts as CSV, one list after the other: a thousand at once would fill the memory. */
export async function listFiles(making: Making): Promise<Files> {
  const files: Files = [];
  for (const list of making.overview.lists) files.push(...(await filesOf(list, making)));
  return files;
}

async function filesOf(list: ListRow, { input, names, below, site }: Making): Promise<Files> {
  const name = names.list.get(list.id) ?? list.id;
  const { make, csv } = listContent({ list, input, below, csvHref: `${name}.csv` });
  const page = [`lists/${name}.html`, await fitting(make, { frame: below, site })] as const;
  return csv === undefined ? [page] : [page, [`lists/${name}.csv`, csv]];
}

export interface ListContent {
  readonly make: (rows?: number) => PageContent;
  /** All its parts; undefined: nothing was sent about them yet. */
  readonly csv: string | undefined;
}

/** The page of a list, in its own language and zone, with what can be done about it, and its parts as CSV. */
export function listContent({
  list,
  input,
  below,
  csvHref,
  actions,
}: {
  readonly list: ListRow;
  readonly input: Pick<DashboardInput, "state" | "now" | "inventreeUrl" | "fileUrl">;
  readonly below: Frame;
  readonly csvHref: string;
  readonly actions?: (frame: Frame) => Markup;
}): ListContent {
  const language = list.monitor?.language ?? below.language;
  const timezone = list.monitor?.timezone ?? below.dates.timezone;
  const frame = frameFor({ language, timezone, to: below.to });
  const alerts = own(input.state.monitors, list.id)?.alerts ?? [];
  const view = viewOfList(list, { input, below });
  const source = list.file === null ? undefined : input.fileUrl(list.file);
  const table = view?.sections.find(({ id }) => id === "parts" || id === "watched");
  const about = [
    ...(source === undefined ? [] : [{ text: frame.texts.listFile, href: source }]),
    ...(table === undefined ? [] : [{ text: frame.texts.csv, href: csvHref }]),
  ];
  const more = actions === undefined ? {} : { actions: actions(frame) };
  const make = (rows = MAX_ROWS) =>
    listPage({ list, view, alerts, now: input.now, files: about, rows, ...more }, frame);
  return { make, csv: table === undefined ? undefined : csvOf(table, language) };
}

/** The report as it was last sent, its parts linked to their pages here; null: nobody was notified yet. */
function viewOfList(
  { id, monitor, report, reportedAt, instance }: ListRow,
  { input, below }: { readonly input: Pick<DashboardInput, "state" | "now" | "inventreeUrl">; readonly below: Frame },
): View | null {
  if (monitor === null || report === null) return null;
  const known = own(input.state.monitors, id);
  const inventree = input.inventreeUrl(instance);
  return viewOf({
    report,
    monitor,
    alerts: known?.alerts ?? [],
    at: reportedAt ?? input.now,
    episode: known?.episode ?? null,
    links: { ...defined({ inventree }), part: (pk) => below.to.part(instance, pk) },
  });
}

export interface DashboardInput {
  readonly read: MonitorsRead;
  /** With histories. */
  readonly state: StateFiles;
  readonly now: Date;
  /** A server's address for links to its parts; undefined: they have none. */
  readonly inventreeUrl: (instance: string) => string | undefined;
  /** Address of a file of the repository in the browser, if it has one. */
  readonly fileUrl: (path: string) => string | undefined;
  /** Values that must appear nowhere. */
  readonly secrets: readonly string[];
}
