import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedTables } from "../contract/recorded-tables.ts";
import { needs } from "../support/needs.ts";
import { recordedRows, recordingsPresent } from "../support/recordings.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { type Finished, inside, openWorkspace, type Workspace } from "../support/workspace.ts";

describe(
  "the main job for all twenty assemblies of a real server's data",
  needs("recordings in ../shared", recordingsPresent),
  () => {
    let workspace: Workspace;
    let run: Finished;

    beforeAll(async () => {
      const assemblies = recordedRows("part-plain.json").filter(({ assembly }) => assembly === true);
      const parts = assemblies.map(({ pk }) => `{ pk: ${pk}, quantity: 10 }`);
      const all = boardList({ name: "Everything", parts: `[${parts.join(", ")}]` });
      const each = assemblies.map(
        ({ pk }) =>
          [
            `monitors/part-${pk}.yaml`,
            boardList({ name: `Part ${pk}`, parts: `[{ pk: ${pk}, quantity: 10 }]` }),
          ] as const,
      );
      workspace = await openWorkspace({
        files: { "monitors/everything.yaml": all, ...Object.fromEntries(each) },
        inventree: { tables: recordedTables() },
      });
      run = await workspace.partwatch(["run", "--json", ...onDay(23)]);
    });

    afterAll(() => workspace[Symbol.asyncDispose]());

    it("reads InvenTree once for all lists, and every answer is taken", () => {
      expect(run).toMatchObject({ code: 0, stderr: "" });
      // Two or three of them are for offers, of what is to be ordered.
      expect(workspace.inventree.requests().length).toBeLessThanOrEqual(15);
      expect(workspace.inventree.requests().filter(({ status }) => status !== 200)).toEqual([]);
    });

    it("reports every list without problems, the one of everything with all that is short of each", () => {
      const monitors: unknown = inside(JSON.parse(run.stdout), "monitors");
      const reports = Object.values(Object(monitors));
      expect(reports).toHaveLength(21);
      for (const one of reports) {
        expect(inside(one, "outcome")).toBe("notified");
        expect(inside(one, "report", "problems")).toEqual([]);
      }
      const everything = reports.find((one) => inside(one, "id") === "everything");
      expect(inside(everything, "report", "summary", "parts_requested")).toBe(20);
      expect(inside(everything, "report", "summary", "short")).toBeGreaterThan(0);
    });

    it("mails each list once, with text, HTML under 100 kB and CSV", () => {
      const mails = workspace.sink.mails();
      expect(mails).toHaveLength(21);
      expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(21);
      for (const { parsed } of mails) {
        expect(parsed.text).toContain("All parts");
        expect(Buffer.byteLength(parsed.html ?? "")).toBeLessThan(100_000);
        expect(parsed.attachments).toMatchObject([{ mimeType: "text/csv" }]);
      }
    });

    it("remembers each list with one claim and one commit, and tells nobody a second time", async () => {
      expect(await workspace.commits()).toBe(2);
      const files = (await workspace.git("ls-tree", "--name-only", "partwatch-state", "state/")).split("\n");
      expect(files).toHaveLength(21);
      const next = await workspace.partwatch(["run", ...onDay(24)]);
      expect(next).toMatchObject({ code: 0 });
      expect(workspace.sink.mails()).toHaveLength(21);
      expect(await workspace.commits()).toBe(3);
    });
  },
);
