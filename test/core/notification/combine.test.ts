import { describe, expect, it } from "vitest";
import { type Change, deliveredChange, fromDelivered } from "../../../src/core/notification/change.ts";
import { saidAnew } from "../../../src/core/notification/claims.ts";
import { type Combinable, combine } from "../../../src/core/notification/combine.ts";

const ANN = ["ann@example.com", "bob@example.com"];

function list(id: string, changes: Partial<Combinable> = {}): Combinable {
  return { id, to: ANN, language: "en", rows: 10, ...changes };
}

function again(id: string, others: readonly string[], run = "r1"): Combinable {
  return list(id, { repeats: { run, ...(others.length === 0 ? {} : { with: others }) } });
}

describe("which lists share a mail", () => {
  it.each<readonly [string, readonly Combinable[], readonly (readonly string[])[], readonly string[]]>([
    ["the same people", [list("a"), list("b")], [["a", "b"]], []],
    [
      "whatever the order and case of their addresses",
      [list("a"), list("b", { to: ["BOB@example.com", "ann@example.com"] })],
      [["a", "b"]],
      [],
    ],
    ["not other people", [list("a"), list("b", { to: ["bob@example.com"] })], [["a"], ["b"]], []],
    ["nor another language", [list("a"), list("b", { language: "de" })], [["a"], ["b"]], []],
    ["what may have arrived, as the same mail", [again("a", ["b"]), again("b", ["a"])], [["a", "b"]], []],
    [
      "beside what is new",
      [again("a", ["b"]), list("c"), again("b", ["a"]), list("d")],
      [
        ["a", "b"],
        ["c", "d"],
      ],
      [],
    ],
    ["alone, if it was", [again("a", []), list("b")], [["a"], ["b"]], []],
    [
      "with what is new, where one of its lists has something else to say",
      [again("a", ["b"]), list("b")],
      [["b", "a"]],
      ["a"],
    ],
    ["of one run", [again("a", ["b"], "r1"), again("b", ["a"], "r2")], [["a", "b"]], ["a", "b"]],
  ])("%s", (_, messages, mails, anew) => {
    const made = combine(messages);
    expect(made.mails).toEqual(mails);
    expect([...made.anew]).toEqual(anew);
  });

  it("have no more than 20,000 rows together, but for one that is as long alone", () => {
    const rows = [9_000, 11_000, 1, 30_000, 5].map((rows, at) => list(`list-${at}`, { rows }));
    expect(combine(rows).mails).toEqual([["list-0", "list-1"], ["list-2"], ["list-3"], ["list-4"]]);
  });

  it("are 25 at most", () => {
    const ids = Array.from({ length: 60 }, (_, at) => `list-${at}`);
    const { mails } = combine(ids.map((id) => list(id)));
    expect(mails.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(mails.flat()).toEqual(ids);
  });
});

describe("a list whose message goes out in another mail than the one that people may have got", () => {
  it("says how it stands, and nothing that would be news only to some", () => {
    const row = { kind: "short", part: 3, name: "Chip" } as const;
    const change: Change = {
      kind: "changed",
      rows: [
        { ...row, sort: "new", before: null, now: 5 },
        { ...row, part: 4, sort: "resolved", before: 2, now: null },
      ],
      listEdited: false,
    };
    const anew = saidAnew(change, "2026-11-20T06:10:00.000Z");
    expect(anew.rows.map(({ sort, before, now }) => [sort, before, now])).toEqual([
      ["corrected", null, 5],
      ["corrected", null, null],
    ]);
    expect(fromDelivered(deliveredChange(anew))).toEqual(anew);
  });
});
