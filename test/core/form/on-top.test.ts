import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formOf, type ListForm, type MonitorFields } from "../../../src/core/form/list-form.ts";
import { formChanges, onTop } from "../../../src/core/form/on-top.ts";
import { cases } from "../../support/cases.ts";

type Row = ListForm["rows"]["parts"][number];

/** The form of these fields, with its rows of parts changed. */
function edited(
  base: MonitorFields,
  change: (rows: readonly Row[]) => readonly Row[],
  texts: Partial<ListForm["texts"]> = {},
) {
  const form = formOf(base);
  return { ...form, texts: { ...form.texts, ...texts }, rows: { ...form.rows, parts: change(form.rows.parts) } };
}

function set(index: number, cells: Readonly<Record<string, string>>) {
  return (rows: readonly Row[]) =>
    rows.map((row, at) => (at === index ? { ...row, cells: { ...row.cells, ...cells } } : row));
}

const add = (part: string, quantity: string) => (rows: readonly Row[]) => [
  ...rows,
  { was: null, cells: { part, version: "", quantity, needed_by: "" } },
];
const drop = (index: number) => (rows: readonly Row[]) => rows.filter((_, at) => at !== index);

const A = { name: "A", quantity: 1 };
const B = { ipn: "B", quantity: 2, note: "kept" };

describe("a change on top of another", () => {
  const table: readonly (readonly [what: string, ours: ReturnType<typeof set>, theirs: unknown, merged: unknown])[] = [
    [
      "both change an entry, each another field",
      set(0, { quantity: "5" }),
      [{ ...A, needed_by: "2027-01-01" }, B],
      [{ ...A, quantity: 5, needed_by: "2027-01-01" }, B],
    ],
    [
      "both change the same field: ours",
      set(0, { quantity: "5" }),
      [{ ...A, quantity: 9 }, B],
      [{ ...A, quantity: 5 }, B],
    ],
    ["they move entries", set(1, { quantity: "5" }), [B, A], [{ ...B, quantity: 5 }, A]],
    [
      "they add one of the same part",
      set(0, { quantity: "5" }),
      [A, { ...A, quantity: 7 }, B],
      [{ ...A, quantity: 5 }, { ...A, quantity: 7 }, B],
    ],
    [
      "they add one of the same part before it",
      set(0, { quantity: "5" }),
      [{ ...A, quantity: 7 }, A, B],
      [{ ...A, quantity: 7 }, { ...A, quantity: 5 }, B],
    ],
    ["both add the same", add("C", "3"), [A, B, { name: "C", quantity: 3 }], [A, B, { name: "C", quantity: 3 }]],
    [
      "both add, not the same",
      add("C", "3"),
      [A, B, { name: "D", quantity: 3 }],
      [A, B, { name: "D", quantity: 3 }, { name: "C", quantity: 3 }],
    ],
    ["we add what is there already", add("A", "1"), [A, { ...B, quantity: 4 }], [A, { ...B, quantity: 4 }, A]],
    ["they take out what we changed", set(0, { quantity: "5" }), [B], [B, { ...A, quantity: 5 }]],
    ["they take out what we left", set(0, { quantity: "5" }), [A], [{ ...A, quantity: 5 }]],
    ["we take out what they changed", drop(0), [{ ...A, quantity: 9 }, B], [{ ...A, quantity: 9 }, B]],
    ["both take it out", drop(0), [B], [B]],
    ["we take out one, they another", drop(0), [A], undefined],
    [
      "we name another part, they another quantity",
      set(0, { part: "#7" }),
      [{ ...A, quantity: 9 }, B],
      [{ pk: 7, quantity: 9 }, B],
    ],
    [
      "they name another part, we another quantity",
      set(0, { quantity: "5" }),
      [{ pk: 7, quantity: 1 }, B],
      [{ pk: 7, quantity: 1 }, B, { ...A, quantity: 5 }],
    ],
    ["they take all out", add("C", "3"), undefined, [{ name: "C", quantity: 3 }]],
  ];
  it.each(table)("%s", (_, ours, theirs, merged) => {
    const base = { parts: [A, B] };
    expect(onTop(edited(base, ours), { base, theirs: { parts: theirs } })).toEqual({ parts: merged });
  });

  it("merges words one by one, and leaves what nobody touched here", () => {
    const base = { name: "Old", recipients: ["a@x.y", "b@x.y"], tags: ["one, two", 2026], parts: [A] };
    const theirs = { ...base, name: "New", recipients: ["c@x.y", "b@x.y"], active: false };
    const form = edited(base, (rows) => rows, { recipients: "a@x.y, d@x.y", tags: "one, two, 2026, more" });
    expect(onTop(form, { base, theirs })).toEqual({
      recipients: ["c@x.y", "d@x.y"],
      tags: ["one, two", 2026, "more"],
    });
    expect(onTop(formOf(base), { base, theirs })).toEqual({});
  });

  it("takes a line break in a field of one line for a blank, and for no change", () => {
    const base = { name: "Two\nlines", description: "Two\nlines", parts: [{ name: "A\n B", quantity: 1 }] };
    const form = formOf(base);
    expect(form.texts).toMatchObject({ name: "Two lines", description: "Two\nlines" });
    expect(form.rows.parts[0]?.cells.part).toBe("A B");
    expect(formChanges(form, base)).toEqual({});
  });

  it("takes an entry of the file once, whatever was sent", () => {
    const base = { parts: [A, B] };
    const twice = (rows: readonly Row[]) => [...rows, ...rows.slice(0, 1), { ...set(0, {})(rows)[1], was: 99 } as Row];
    const { parts } = formChanges(edited(base, twice), base);
    expect(parts).toEqual([A, B, { name: "A", quantity: 1 }, { ipn: "B", quantity: 2 }]);
  });

  it("loses and doubles no entry, for any two changes", () => {
    // Each entry says by whom it is, so that all can be counted. One that takes another's place would count as a change of it.
    const addedByThem = (one: object, at: number) => ({ ...one, name: "D", reference: `theirs ${at}` });
    const entry = fc.record({ name: fc.constantFrom("A", "B", "C"), quantity: fc.integer({ min: 1, max: 3 }) });
    const what = fc.constantFrom("keep", "drop", "change");
    const change = fc.record({
      each: fc.array(what, { minLength: 6, maxLength: 6 }),
      more: fc.array(entry, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), change, change, (base, ours, theirs) => {
        const marked = base.map((one, index) => ({ ...one, reference: `base ${index}` }));
        const theirParts = [
          ...marked.flatMap((one, at) =>
            theirs.each[at] === "drop" ? [] : [theirs.each[at] === "change" ? { ...one, quantity: 90 + at } : one],
          ),
          ...theirs.more.map(addedByThem),
        ];
        const form = edited({ parts: marked }, (rows) => [
          ...rows.flatMap((row, at) =>
            ours.each[at] === "drop"
              ? []
              : [
                  ours.each[at] === "change"
                    ? { ...row, cells: { ...row.cells, needed_by: `2027-01-0${at + 1}` } }
                    : row,
                ],
          ),
          ...ours.more.map(({ name, quantity }) => ({
            was: null,
            cells: { part: name, version: "", quantity: String(quantity + 50), needed_by: "" },
          })),
        ]);
        const changes = onTop(form, { base: { parts: marked }, theirs: { parts: theirParts } });
        const merged = "parts" in changes ? (changes.parts ?? []) : theirParts;
        const expected = [
          ...marked.flatMap((one, at) => {
            const [mine, other] = [ours.each[at], theirs.each[at]];
            if (mine === "drop" ? other !== "change" : other === "drop" && mine !== "change") return [];
            return [
              {
                ...one,
                ...(other === "change" ? { quantity: 90 + at } : {}),
                ...(mine === "change" ? { needed_by: `2027-01-0${at + 1}` } : {}),
              },
            ];
          }),
          ...theirs.more.map(addedByThem),
          ...ours.more.map(({ name, quantity }) => ({ name, quantity: quantity + 50 })),
        ];
        const sorted = (all: unknown) =>
          (all as readonly object[]).map((one) => JSON.stringify(Object.entries(one).sort())).sort();
        expect(sorted(merged)).toEqual(sorted(expected));
      }),
      cases(300),
    );
  });
});
