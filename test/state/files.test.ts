import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDelta, EMPTY_DELTA, EMPTY_STATE } from "../../src/core/notification/merge.ts";
import type { StateDelta } from "../../src/core/notification/state.ts";
import { brokenFor, readFiles, stateFileChanges } from "../../src/state/files.ts";
import { prettyJson } from "../../src/state/json.ts";
import { isStateBranch, touchedBy } from "../../src/state/paths.ts";
import { cases } from "../support/cases.ts";
import { arbitraryDelta } from "./arbitrary.ts";
import { deliveredDelta } from "./conformance.ts";

const delta = arbitraryDelta(["board", "10", "9", "a.b-c_d"], ["mail", "default/unreachable", "file:monitors/a.yaml"]);

/** The texts on a branch after these deltas. */
function textsAfter(...deltas: readonly StateDelta[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const one of deltas) {
    for (const [path, text] of stateFileChanges(texts, one).changes) {
      if (text === null) texts.delete(path);
      else texts.set(path, text);
    }
  }
  return texts;
}

describe("the files of the state branch", () => {
  it("give back every state that Partwatch can write, and fulfil their schemas", () => {
    fc.assert(
      fc.property(delta, delta, (one, two) => {
        const files = readFiles(textsAfter(one, two));
        expect(files.broken).toEqual([]);
        const { generation } = files;
        expect(files).toEqual({ ...applyDelta(applyDelta(EMPTY_STATE, one), two), generation });
      }),
      cases(150),
    );
  });

  it("do not change when the same is written again", () => {
    fc.assert(
      fc.property(delta, delta, (one, two) => {
        expect([...stateFileChanges(textsAfter(one, two), two).changes.keys()]).toEqual([]);
      }),
      cases(100),
    );
  });

  it("are only those that the design names, keyed by monitor and by trouble", () => {
    const incident = { since: "2026-03-02T07:10:00.000Z", cause: "down", opened: {} };
    const texts = textsAfter({ ...deliveredDelta("board"), system: { "default/unreachable": incident } });
    expect([...texts.keys()].sort()).toEqual([
      "README.md",
      "data.json",
      "history/board.json",
      "reports/board.json",
      "runs.json",
      "state/board.json",
      "system.json",
    ]);
    expect(JSON.parse(texts.get("runs.json") ?? "")).toMatchObject({
      monitors: { board: { last_run: { outcome: "notified" } } },
    });
    expect(JSON.parse(texts.get("system.json") ?? "")).toMatchObject({ "default/unreachable": incident });
  });

  it.each(["state/board.json", "reports/board.json", "history/board.json", "runs.json", "system.json"])(
    "are refused where a required field of %s is missing",
    (path) => {
      const incident = { since: "2026-03-02T07:10:00.000Z", cause: "down", opened: {} };
      const texts = textsAfter({ ...deliveredDelta("board"), system: { mail: incident } });
      const text = texts.get(path) ?? "";
      const required =
        text.match(/"(hash|summary|last_run|since|points|recent|outcome|generation|schema_version)": /g) ?? [];
      expect(required.length).toBeGreaterThan(0);
      for (const field of required) {
        const { broken } = readFiles(new Map([[path, text.replace(field, '"other": ')]]));
        expect(
          broken.map((file) => file.path),
          field,
        ).toEqual([path]);
      }
    },
  );

  it("tell a monitor which broken files keep it from being remembered", () => {
    const texts = new Map([
      ["state/board.json", "{"],
      ["system.json", "{"],
      ["runs.json", "null"],
    ]);
    const files = readFiles(texts);
    expect(files.broken).toHaveLength(3);
    expect(brokenFor(files, "board").map(({ path }) => path)).toEqual(["runs.json", "state/board.json"]);
    expect(brokenFor(files, "cable").map(({ path }) => path)).toEqual(["runs.json"]);
  });

  it("are not taken for another monitor's when somebody copied them", () => {
    const texts = textsAfter(deliveredDelta("board"));
    const { broken, monitors } = readFiles(new Map([["state/cable.json", texts.get("state/board.json") ?? ""]]));
    expect(broken[0]?.message).toContain('id is "board"');
    expect(monitors).toEqual({});
  });

  it("may have been edited by hand: files that a run does not touch keep their bytes", () => {
    const texts = textsAfter(deliveredDelta("board"), deliveredDelta("cable"));
    const compact = JSON.stringify(JSON.parse(texts.get("state/board.json") ?? ""));
    texts.set("state/board.json", compact);
    expect(stateFileChanges(texts, deliveredDelta("cable", { day: 3 })).changes.has("state/board.json")).toBe(false);
    expect(stateFileChanges(texts, EMPTY_DELTA).changes.size).toBe(0);
  });
});

describe("a commit in the middle of a run", () => {
  it("touches what was told, and leaves to the last one what changes at every run", () => {
    const texts = textsAfter(deliveredDelta("board"), deliveredDelta("cable"));
    const { monitors } = deliveredDelta("board", { day: 3 });
    const { changes, files } = stateFileChanges(texts, { ...EMPTY_DELTA, monitors, interim: true });
    expect([...changes.keys()]).toEqual(["state/board.json"]);
    expect(files.monitors.board?.delivered.email?.seq).toBe(3);
  });

  it("needs only the files of those monitors", () => {
    const { monitors } = deliveredDelta("board");
    const isWanted = touchedBy({ ...EMPTY_DELTA, monitors, interim: true })('{ "schema_version": 2 }');
    const paths = ["state/board.json", "state/cable.json", "history/board.json", "reports/board.json", "runs.json"];
    expect(paths.filter(isWanted)).toEqual(["state/board.json", "reports/board.json", "runs.json"]);
  });
});

describe("the number of runs", () => {
  it("grows with each that leaves something, and not when the same is written again", () => {
    const once = textsAfter(deliveredDelta("board"));
    expect(readFiles(once).generation).toBe(1);
    expect(readFiles(textsAfter(deliveredDelta("board"), deliveredDelta("board"))).generation).toBe(1);
    expect(readFiles(textsAfter(deliveredDelta("board"), deliveredDelta("board", { day: 3 }))).generation).toBe(2);
    const { monitors } = deliveredDelta("board", { day: 4 });
    expect(readFiles(textsAfter(deliveredDelta("board"), { ...EMPTY_DELTA, monitors })).generation).toBe(1);
  });
});

describe("a branch", () => {
  it.each([
    ["that is empty", [], true],
    ["that somebody began on the web", ["README.md", "LICENSE", ".gitignore"], true],
    ["with our files and foreign ones", ["runs.json", "notes/a.txt"], true],
    ["with somebody's sources", ["README.md", "src/main.c"], false],
    ["with somebody's lists", ["monitors/a.yaml", "partwatch.yaml"], false],
  ])("%s may be the state branch: %j is %s", (_what, paths, ours) => {
    expect(isStateBranch(paths)).toBe(ours);
  });
});

describe("JSON on the state branch", () => {
  it("hold nothing that turns the reading direction or hides itself, and keep its value", () => {
    const text = prettyJson({ "a\u202eb": ["\u202e", { x: "\u200b\u0085" }], c: "👨‍👩‍👧" });
    expect(text).not.toMatch(/[\u202e\u200b\u0085]/);
    expect(JSON.parse(text)).toEqual({ "a\u202eb": ["\u202e", { x: "\u200b\u0085" }], c: "👨‍👩‍👧" });
  });

  it("has sorted keys and each row on one line", () => {
    expect(prettyJson({ b: [[1, 2], { y: 1, x: "ö" }], a: { d: null, c: [] }, e: undefined, "10": 1, "9": 2 })).toBe(
      `{
  "10": 1,
  "9": 2,
  "a": {
    "c": [],
    "d": null
  },
  "b": [
    [1, 2],
    { "x": "ö", "y": 1 }
  ]
}
`,
    );
  });

  it("says the same as JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(prettyJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      cases(300),
    );
  });
});
