import { describe, expect, it } from "vitest";
import { snapshotRequest } from "../../src/core/calculation/snapshot-request.ts";
import type { Failure } from "../../src/core/failure.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { readSnapshot } from "../../src/inventree/snapshot.ts";
import type { Raw } from "../support/recordings.ts";
import { failureFrom } from "./support/client.ts";
import { readerOf, type Setting } from "./support/read.ts";
import { answerFrom, type Listings, type Override, pageOf } from "./support/recorded-server.ts";
import { part, smallServer } from "./support/rows.ts";
import { useServers } from "./support/use-servers.ts";

const servers = useServers();
const reader = readerOf(servers);

const failureOf = async (more: Listings, setting?: Setting): Promise<Failure> =>
  failureFrom((await reader(more, setting)).read());

const manyParts = Array.from({ length: 7 }, (_, index) => part(index + 1));

describe("pages that are read while people work", () => {
  const faults: readonly (readonly [string, string, (rows: readonly Raw[], query: URLSearchParams) => unknown])[] = [
    [
      "the count moves",
      "its count went from 7 to 8",
      (rows, query) => ({ count: query.get("offset") === "6" ? 8 : 7, results: rows.slice(...from(query)) }),
    ],
    ["a row comes twice", "1 rows came twice", (rows, query) => pageOf(rows.with(3, part(1)), query)],
    [
      "a row is missing",
      "6 of 7 rows came",
      (rows, query) => ({ count: 7, results: rows.slice(...from(query)).filter((row) => row.pk !== 5) }),
    ],
    ["every page is the first", "6 rows came twice", (rows) => ({ count: 7, results: rows.slice(0, 3) })],
  ];

  it.each(faults)("are read again when %s", async (_, words, fault) => {
    let pages = 0;
    const { read, clock, log } = await reader(
      { "/api/part/": manyParts },
      {
        pageSize: 3,
        override: ({ path, query }) =>
          isPage(path, query) && ++pages <= 3 ? { body: fault(manyParts, query) } : undefined,
      },
    );
    expect([...(await read()).parts.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(pages).toBe(6);
    expect(clock.slept).toEqual([250]);
    expect(log.lines.join("\n")).toContain(`[GET] /api/part/: the list changed while it was read (${words})`);
  });

  it.each(faults)("are no answer in the end when %s each time", async (_, words, fault) => {
    let pages = 0;
    const failure = await failureOf(
      { "/api/part/": manyParts },
      {
        pageSize: 3,
        override: ({ path, query }) => {
          if (!isPage(path, query)) return undefined;
          pages += 1;
          return { body: fault(manyParts, query) };
        },
      },
    );
    expect(failure).toMatchObject({ kind: "inventree", incident: "incomplete", retryable: true });
    expect(failure.message).toBe(`[GET] /api/part/: the list changed while it was read (${words}), 3 times in a row`);
    expect(pages).toBe(9);
  });

  it.each([
    ["a bare list", manyParts, "the answer is not a page with count and results"],
    ["a page without count", { results: manyParts }, "the answer is not a page with count and results"],
    ["a count that is text", { count: "7", results: manyParts }, "the answer is not a page with count and results"],
    ["more rows than asked for", { count: 7, results: manyParts }, "7 rows came where 3 were asked for"],
    ["a row that is no object", { count: 1, results: ["part"] }, '/api/part/: a row is "part", not an object'],
    [
      "a row without pk",
      { count: 1, results: [{ name: "x" }] },
      "/api/part/: a row's pk is missing, not a whole number",
    ],
  ])("are no answer when they are %s", async (_, body, words) => {
    const override: Override = ({ path, query }) => (isPage(path, query) ? { body } : undefined);
    const failure = await failureOf({}, { pageSize: 3, override });
    expect(failure.message).toContain(words);
    expect(failure.kind).toBe("inventree");
  });

  it("are never asked for where `next` points, nor larger than 500 rows", async () => {
    const { server, ...tools } = await servers.serve(
      answerFrom(smallServer({ "/api/part/": manyParts.concat(manyMore(600)) })),
      { pageSize: 9_999 },
    );
    const need = snapshotRequest([{ parts: [], watch: [{ all: true }], policy: DEFAULT_POLICY, silences: [] }]);
    expect((await readSnapshot({ ...tools, need })).parts.size).toBe(607);
    const pages = server.seen.filter((one) => one.path === "/api/part/").map((one) => `${one.query}`);
    expect(pages).toEqual(["limit=500&offset=0", "limit=500&offset=500"]);
  });
});

/** Not the question how long the list is. */
function isPage(path: string, query: URLSearchParams): boolean {
  return path === "/api/part/" && query.get("limit") !== "1";
}

function manyMore(count: number): Raw[] {
  return Array.from({ length: count }, (_, index) => part(index + 1_000));
}

function from(query: URLSearchParams): [number, number] {
  const offset = Number(query.get("offset"));
  return [offset, offset + Number(query.get("limit"))];
}
