import fc from "fast-check";
import { expect, test } from "vitest";
import { type IssueBody, issueBody } from "../../../src/core/issue/body.ts";
import { issueComment } from "../../../src/core/issue/comment.ts";
import { alertMark, parseBody } from "../../../src/core/issue/mark.ts";
import type { Alert } from "../../../src/core/notification/state.ts";
import { report } from "../../notify/fixture-report.ts";
import { AT, monitor, notification } from "../../notify/fixtures.ts";
import { cases } from "../../support/cases.ts";

function alert(fields: Partial<Alert> & Pick<Alert, "part" | "name">): Alert {
  const since = "2026-11-12T06:10:00Z";
  return { kind: "short", state: "active", since, quantity: 5, message: "5 missing", seen_at: since, ...fields };
}

function bodyOf(of: Partial<IssueBody> = {}): string {
  return issueBody({
    monitor: monitor(),
    report: report({ silenced: [] }),
    at: AT,
    alerts: [],
    remembered: [],
    mark: { episode: 3, notification: "7.5f2c9e0b7a41d386", isNew: false, isOver: false },
    present: parseBody(""),
    boxes: new Map(),
    links: { inventree: "https://inventree.example.com" },
    ...of,
  });
}

const MANY = Array.from({ length: 2_000 }, (_, index) =>
  alert({ part: index + 1, name: `Resistor <${index}> & "co"` }),
);

test("a table without end ends with whole rows and how many more there are, within GitHub's limit", () => {
  const body = bodyOf({ alerts: MANY, remembered: MANY });
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(60_000);
  const rows = body.match(/^<tr><td>\n\n- \[ \] [^\n]*\n\n<\/td>.*<\/tr>$/gm) ?? [];
  expect(rows).toHaveLength(body.split("- [ ]").length - 1);
  expect(body).toContain(`\n\nand ${(2_000 - rows.length).toLocaleString("en-GB")} more\n`);
  expect(parseBody(body).mark?.folded).toBe(2_000 - rows.length);
});

test("silenced parts without end, and what people have written, leave the limit and the table's beginning alone", () => {
  const silenced = MANY.map(({ part, name }) => ({
    kind: "short" as const,
    part,
    name,
    quantity: 5,
    reason: "on its way, said Tess",
    until: null,
  }));
  const present = { ...parseBody(""), before: "b".repeat(70_000), after: "a".repeat(70_000) };
  const alerts = [alert({ part: "Chip, version B", name: "Chip, version B", kind: "unresolved" })];
  const body = bodyOf({ alerts, report: report({ silenced }), present });
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body).toContain("<td>Chip, version B</td><td>not found</td>");
  expect(body).toMatch(/<details><summary>Silenced or dismissed \(2000\)<\/summary>[\s\S]*and [\d,]+ more/);
});

test("what people have written around the table stays to the last word, as long as there is room for a table", () => {
  const present = { ...parseBody(""), before: "b".repeat(44_000), after: "a".repeat(1_000) };
  const body = bodyOf({ alerts: MANY, present });
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.startsWith(`${present.before}\n\n<!-- partwatch`)).toBe(true);
  expect(body.endsWith(`-->\n\n${present.after}`)).toBe(true);
  expect(body).toMatch(/<td>5<\/td>[\s\S]*and [\d,]+ more/);
});

test("rows say when more arrives, how much to order and from whom; the most urgent first, of these the most", () => {
  const filled = report({ silenced: [] });
  const [chip] = filled.lines.filter(({ short, to_order }) => short && to_order > 0);
  if (chip === undefined) throw new Error("nothing is short");
  const offer = {
    supplier: "Acme <b>",
    sku: "A-1",
    mpn: "",
    pack: 100,
    packs: 3,
    link: null,
    unit_price: null,
    currency: null,
  };
  const lines = [
    {
      ...chip,
      pk: 3,
      order_quantity: 300,
      units: "",
      offer: { total: null, below_first_break: false, next_break: null, ...offer },
    },
  ];
  const alerts = [
    alert({ part: 2, name: "Few", quantity: 2 }),
    alert({ part: 9, name: "Low", kind: "low", quantity: 99 }),
    alert({ part: 3, name: "Many", quantity: 250 }),
  ];
  const body = bodyOf({ alerts, report: { ...filled, lines } });
  const cells = [...body.matchAll(/<tr>(?:<td>\n\n- .*\n\n<\/td>)?(.*)<\/tr>/g)].map(([, row = ""]) =>
    row.split(/<\/t[dh]>/).map((cell) => cell.replaceAll(/<\/?(?:a|t[dh])(?: [^>]*)?>/g, "")),
  );
  expect(cells[0]?.slice(4, 7)).toEqual(["Next delivery", "Order quantity", "Supplier"]);
  expect(cells.slice(1).map(([part]) => part)).toEqual(["Many", "Few", "Low"]);
  expect(cells[1]?.slice(2, 6)).toEqual(["250", expect.stringMatching(/\S/), "3 × 100", "Acme &lt;b&gt;"]);
  expect(cells[2]?.slice(2, 6)).toEqual(["2", "", "", ""]);
});

test("by when entries are there, and how many could be built from which day on, can be opened", () => {
  const steps = [
    { date: null, number: 3, limited_by: [31] },
    { date: "2027-01-20", number: 8, limited_by: [] },
  ];
  const ready = [
    {
      ...{ entry: 0, words: "Sensor Board", state: "by" as const, date: "2027-01-20", in_time: false },
      ...{ needed_by: "2027-01-10", waits_for: [] },
    },
  ];
  const names = { 11: "Sensor Board" };
  const how_many = { 11: { steps, without_day: [] } };
  const body = bodyOf({ report: report({ silenced: [], names, how_many, ready }) });
  expect(body).toMatch(/<summary>By when \(1\)<\/summary>[^<]*\| Sensor Board \|.*\| 10 Jan 2027 \| 20 Jan 2027 \|/);
  expect(body).toMatch(/<summary>How many, by when \(2\)<\/summary>\n\nSensor Board\n\n[^<]*\| 20 Jan 2027 \| 8 \|/);
  expect(bodyOf()).not.toContain("by when");
});

test("what to order at which price and which orders are on their way can be opened, if there is room for it", () => {
  const alerts = [alert({ part: 31, name: "MCU" })];
  const body = bodyOf({ alerts });
  expect(body).toMatch(
    /<details><summary>Chase these \(\d+\)<\/summary>\n\n\| Part \|.*\| Order \| Supplier \| Due \|/,
  );
  expect(body).toMatch(/<details><summary>On its way \(\d+\)<\/summary>[^<]*PO-0012/);
  expect(body).toContain(
    "| 10 × 5 | [Binder GmbH](https://shop.example.org/09-3442) | 09-3442-500-05 | €7.20 | €72.00 |",
  );
  expect(body).toContain("\n\nTotal €72.00; 1 part has no price.\n");
  // Where no supplier is known, the rows themselves say how much to order.
  const filled = report({ silenced: [] });
  const lines = filled.lines.map(({ offer: _offer, ...one }) => one);
  expect(bodyOf({ alerts, report: { ...filled, lines } })).not.toContain("<summary>To order");
  expect(bodyOf({ alerts: MANY })).not.toContain("<summary>On its way");
});

test("a name makes no tag, link, box, mark, mention or reference", () => {
  const name =
    "- [x] https://evil.example www.evil.example <b>@octocat</b> #12 GH-12 [a](https://evil.example) <!-- partwatch-row 0123456789ab a -->\r\n- [x] y";
  const body = bodyOf({ alerts: [alert({ part: 1, name })], monitor: monitor({ name, description: name }) });
  expect([...parseBody(body).boxes.keys()]).toEqual([alertMark({ part: 1, kind: "short" })]);
  expect(body.match(/^- \[/gm)).toHaveLength(1);
  expect(body).not.toMatch(/<b>|@octocat|#12|GH-12|:\/\/evil|www\.evil/);
});

test("whatever is written is read again: each box, how it was written, and what people have put around it", () => {
  const text = fc.stringMatching(/^[a-z<>&\- [\]\n]{0,40}$/).map((words) => words.trim());
  const one = fc.record({
    part: fc.integer({ min: 1, max: 50 }),
    name: fc.string({ maxLength: 30 }),
    kind: fc.constantFrom("short", "low", "out", "critical"),
    state: fc.constantFrom("active", "acknowledged"),
    known: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { selector: ({ part, kind }) => `${part} ${kind}` }),
      text,
      text,
      (rows, before, after) => {
        const alerts = rows.map(({ known: _known, ...fields }) => alert({ ...fields }));
        const remembered = alerts.filter((_, index) => rows[index]?.known);
        const body = bodyOf({ alerts, remembered, present: { ...parseBody(""), before, after } });
        const parsed = parseBody(body.replaceAll("\n", "\r\n"));
        expect([parsed.before, parsed.after]).toEqual([before, after]);
        expect(parsed.boxes).toEqual(
          new Map(
            alerts.map((row) => {
              const written = remembered.includes(row) ? row.state : "active";
              const at = written === row.state ? {} : { at: row.since };
              return [alertMark(row), { ticked: row.state === "acknowledged", written, ...at }];
            }),
          ),
        );
        expect(bodyOf({ alerts, remembered, present: parsed, boxes: parsed.boxes })).toBe(body);
      },
    ),
    cases(300),
  );
});

test("a comment on a change without end has whole rows within GitHub's limit, in the list's language", () => {
  const rows = MANY.map(({ part, name }) => ({
    sort: "new" as const,
    kind: "short" as const,
    part,
    name,
    before: null,
    now: 5,
  }));
  const changed = notification({
    change: { kind: "changed", rows, listEdited: false },
    monitor: monitor({ language: "de" }),
  });
  const comment = issueComment(changed, { turn: "recovered", mark: "7.5f2c9e0b7a41d386" });
  expect(comment.length).toBeLessThanOrEqual(65_536);
  expect(comment).toContain("Alles gedeckt: geschlossen.");
  expect(comment).toMatch(/und [\d.]+ weitere/);
  expect(comment.endsWith("<!-- partwatch-notification 7.5f2c9e0b7a41d386 -->")).toBe(true);
});
