// What people write wrong, as they meet it: at the command line, at the line of their file, and in the comment.
import { describe, expect, it } from "vitest";
import { openRunner } from "../../support/action.ts";
import { board, fork, YEARLY } from "../../support/action-lists.ts";
import { openPullRequest } from "../../support/pull-request.ts";
import { boardList } from "../../support/small-product.ts";
import { openWorkspace } from "../../support/workspace.ts";

const list = (fields: Readonly<Record<string, string>>) => boardList({ ...YEARLY, ...fields });
const parts = (entry: string) => list({ parts: `\n  ${entry}` });

/** Written, where it is wrong, and what is said. */
const SLIPS: readonly (readonly [text: string, line: number, column: number, says: string])[] = [
  [parts("- name: Cable\n    quantity: 2,5"), 6, 15, "decimals need a point: 2.5"],
  [parts("- { name: Cable, quantity: 2,5 }"), 5, 32, "in braces a comma ends a value: write 2.5"],
  [parts("- { name: Cable, quantity: 25 pcs }"), 5, 30, "write 25; the unit is the part's own in InvenTree."],
  [parts("- name: Cable\n   quantity: 5"), 6, 4, 'this line is indented by 3, align it with "name" above (4).'],
  [list({ name: "Board: the next 25" }), 1, 7, 'a text need quotes: write name: "Board: the next 25"'],
  [parts("- Sensor Board: 25"), 5, 5, "write - { name: Sensor Board, quantity: 25 }"],
  [parts("- Sensor Board"), 5, 5, "write - { name: Sensor Board, quantity: 25 }"],
  [list({ recipients: "jo@example.com" }), 5, 13, "write recipients: [jo@example.com]"],
  [list({ name: "“Board”" }), 1, 7, 'the quotes “ and ” are letters here; write "Board"'],
  [list({ cron_schedule: '"10 7 * * Mo-Fr"' }), 2, 16, 'day of week: "Mo" is not supported; write MON-FRI.'],
  [list({ cron_schedule: "@daily" }), 2, 16, 'write cron_schedule: "0 0 * * *" (in quotes).'],
  [list({ recipients: "[a]" }), 5, 14, '"a" is not a valid mail address'],
];

const files = Object.fromEntries(
  SLIPS.map(([text], index) => [`monitors/m${String(index).padStart(2, "0")}.yaml`, text]),
);
const names = Object.keys(files);

describe("each slip is said once, at its line and column", () => {
  it("by validate", async () => {
    await using workspace = await openWorkspace({ files });
    const { code, stdout, errText } = await workspace.partwatch(["validate"]);
    expect(code).toBe(1);
    const words = `${stdout} ${errText}`.replace(/\s+/g, " ");
    for (const [index, [, line, column, says]] of SLIPS.entries()) {
      expect(words.split(`${names[index]}:`)).toHaveLength(2);
      expect(words).toContain(`${names[index]}:${line}:${column}`);
      expect(words).toContain(says);
    }
  });

  it("by an annotation of the pull request", async () => {
    // GitHub shows ten annotations of a step.
    for (const some of [names.slice(0, 6), names.slice(6)]) {
      await using runner = await openRunner(Object.fromEntries(some.map((name) => [name, files[name] ?? ""])));
      const { annotations } = await runner.run({ ...fork, inputs: { command: "validate" } });
      expect(annotations).toMatchObject(
        some.map((file) => {
          const [, line, column, says] = SLIPS[names.indexOf(file)] ?? ["", 0, 0, ""];
          return { kind: "error", file, line, column, message: expect.stringContaining(says) };
        }),
      );
    }
  });

  it("in the preview's comment", async () => {
    await using request = await openPullRequest(board);
    await request.propose(files);
    await request.preview();
    // An element of its own keeps an address from being a mention.
    const body = request
      .bodies()
      .join("\n")
      .replaceAll("\\", "")
      .replace(/<\/?span>/g, "");
    for (const [index, [, line, column, says]] of SLIPS.entries()) {
      expect(body).toContain(`${names[index]}:${line}:${column}`);
      expect(body.replace(/&(?:quot|#34);/g, '"').replaceAll("&#39;", "'")).toContain(says);
    }
  });
});
