// The pages that only show something: the same as those of the dashboard, of this moment.
import type { Hono } from "hono";
import { html } from "hono/html";
import { ICON } from "../app/dashboard/dashboard.ts";
import { listContent } from "../app/dashboard/list-files.ts";
import type { ListRow } from "../core/overview/lists.ts";
import { own } from "../core/records.ts";
import { stateData } from "../core/view/state-page.ts";
import { calendarOf } from "../pages/calendar.ts";
import { feedOf } from "../pages/feed.ts";
import { appScript, appStyle, uiScript, uiStyle } from "../pages/generated/assets.ts";
import { LISTS_A_PAGE, listsPage } from "../pages/lists.ts";
import { overviewPage } from "../pages/overview.ts";
import { partsPage } from "../pages/parts.ts";
import { listActions, uncommittedNote } from "../pages/ui/list-actions.ts";
import { uncommittedCount } from "./commit.ts";
import { type Shown, seen, showing, type Ui } from "./context.ts";
import { PAGE_ADDRESSES } from "./site.ts";

/** Adds them to the routes. */
export function addPages(app: Hono, ui: Ui): void {
  app.get(
    "/",
    showing(ui, async (shown) => {
      const { terms } = shown;
      const first = shown.overview.lists.length === 0;
      const actions = html`<a class="button${first ? " main" : ""}" href="/new">${terms.newList}</a><a class="button" href="/order">${terms.whatToOrder}</a>${first ? "" : html`<a class="button main" href="/check">${terms.checkAll}</a>`}`;
      const page = overviewPage(shown.overview, shown.frame, { actions });
      return { ...page, body: html`${uncommittedNote(await uncommittedCount(ui), terms)}${page.body}` };
    }),
  );
  app.get(
    "/lists",
    showing(ui, (shown, { req }) => listsOf(shown, { page: req.query("page"), show: req.query("show") })),
  );
  app.get(
    "/lists/:id",
    showing(ui, async (shown, { req }) => {
      const page = listOf(shown, req.param("id"));
      if (page === undefined) return undefined;
      return { ...page, body: html`${uncommittedNote(await uncommittedCount(ui), shown.terms)}${page.body}` };
    }),
  );
  app.get(
    "/parts",
    showing(ui, ({ overview, frame, terms }) => {
      const page = partsPage(overview, frame);
      return {
        ...page,
        body: html`${page.body}<p class="files"><a class="button" href="/order">${terms.whatToOrder}</a></p>`,
      };
    }),
  );
}

/** Files beside the pages. */
export function addFiles(app: Hono, ui: Ui): void {
  const script = "text/javascript; charset=utf-8";
  app.get("/app.css", ({ body }) => body(appStyle + uiStyle, 200, { "content-type": "text/css; charset=utf-8" }));
  app.get("/app.js", ({ body }) => body(appScript + uiScript, 200, { "content-type": script }));
  // Browsers ask for the second name where a page names none.
  for (const path of ["/icon.svg", "/favicon.ico"])
    app.get(path, ({ body }) => body(ICON, 200, { "content-type": "image/svg+xml" }));
  app.get("/feed.xml", async (context) => {
    const { overview, frame } = await seen(ui, context);
    return context.body(await feedOf(overview, frame), 200, { "content-type": "application/atom+xml; charset=utf-8" });
  });
  app.get("/calendar.ics", async (context) => {
    const { overview, frame } = await seen(ui, context);
    return context.body(calendarOf(overview, frame), 200, { "content-type": "text/calendar; charset=utf-8" });
  });
  app.get("/data.json", async (context) => context.json(stateData((await seen(ui, context)).state)));
  app.get("/lists/:id/parts.csv", async (context) => {
    const shown = await seen(ui, context);
    const list = listNamed(shown, context.req.param("id"));
    const csv =
      list === undefined ? undefined : listContent({ list, input: shown, below: shown.frame, csvHref: "" }).csv;
    if (csv === undefined) return context.notFound();
    return context.body(csv, 200, { "content-type": "text/csv; charset=utf-8", "content-disposition": "attachment" });
  });
}

export function listNamed({ overview }: Shown, id: string): ListRow | undefined {
  return overview.lists.find((list) => list.id === id);
}

/** What the list of lists can be narrowed to, by links. */
const SHOWN: Readonly<Record<string, readonly ListRow["status"][]>> = {
  short: ["short"],
  trouble: ["broken", "unreadable", "failed", "overdue"],
};

function listsOf(
  { overview, frame, terms }: Shown,
  { page = "1", show = "" }: { readonly page: string | undefined; readonly show: string | undefined },
) {
  const wanted = own(SHOWN, show);
  const of = (statuses: readonly ListRow["status"][]) =>
    overview.lists.filter(({ status }) => statuses.includes(status));
  const lists = wanted === undefined ? overview.lists : of(wanted);
  const number = Number(page);
  const pages = Math.max(1, Math.ceil(lists.length / LISTS_A_PAGE));
  if (!Number.isInteger(number) || number < 1 || number > pages) return undefined;
  const actions = html`<a class="button main" href="/new">${terms.newList}</a><a class="button" href="/new?kind=plan">${terms.newPlan}</a>`;
  const filter = html`<nav class="jumps" aria-label="${terms.narrowed}">${[
    ["", terms.showAll, overview.lists.length] as const,
    ...Object.entries(SHOWN).map(([name, statuses]) => [name, terms.showOnly(name), of(statuses).length] as const),
  ].map(
    ([name, words, count]) =>
      html`<a href="/lists${name === "" ? "" : `?show=${name}`}"${name === show ? html` aria-current="true"` : ""}>${words} ${frame.format.quantity(count)}</a>`,
  )}</nav>`;
  const query = wanted === undefined ? "" : `&show=${show}`;
  return listsPage({ ...overview, lists }, frame, {
    page: number,
    href: (one) => `/lists?page=${one}${query}`,
    ...{ actions, filter },
  });
}

function listOf(shown: Shown, id = "") {
  const list = listNamed(shown, id);
  if (list === undefined) return undefined;
  const csvHref = `${PAGE_ADDRESSES.list(id)}/parts.csv`;
  return listContent({
    list,
    input: shown,
    below: shown.frame,
    csvHref,
    actions: () => listActions(list, shown.terms),
  }).make();
}
