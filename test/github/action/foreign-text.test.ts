import { describe, expect, it } from "vitest";
import { openRunner } from "../../support/action.ts";
import { YEARLY } from "../../support/action-lists.ts";
import { expectNoCommands, expectSafeLines, expectSafeMarkdown, HOSTILE } from "../../support/hostile.ts";
import { boardList } from "../../support/small-product.ts";

/** What the action tells the runner itself. */
const OUR_OWN = /^::(?:add-mask|group|endgroup|stop-commands|error|warning|notice|debug|[0-9a-f-]{36})(?: [^\n]*?)?::/;

describe("words that are more than words", () => {
  it("are words in log, annotations, summary and outputs of a step, and on the state branch", async () => {
    const words = HOSTILE.filter((text) => text.trim() !== "");
    const parts = [{ name: "Board", quantity: 10 }, ...words.map((name) => ({ name, quantity: 2 }))];
    const hostile = {
      ...YEARLY,
      name: JSON.stringify("::error::x ##[error]y @everyone <script>"),
      description: JSON.stringify(words.join(" ")),
      parts: JSON.stringify(parts),
    };
    await using runner = await openRunner({
      "monitors/board.yaml": boardList(hostile),
      "monitors/broken.yaml": boardList({
        ...YEARLY,
        notify_condition: JSON.stringify("\u001b[2J\u202e\n::error::x ##[error]y"),
      }),
    });
    const said = "\u001b[2Jno\u202e\u009b ::error::x ##[error]y";
    runner.sink.behave({ message: () => ({ code: 554, text: said }) });
    for (const inputs of [{ all: "true" }, { all: "true", "log-format": "json" }, { command: "validate" }]) {
      const { log, summary, outputs, annotations } = await runner.run({ event: "workflow_dispatch", inputs });
      expectSafeLines(log);
      expectNoCommands(
        log
          .split("\n")
          .filter((line) => !OUR_OWN.test(line))
          .join("\n"),
      );
      const foreign = annotations.map(({ message }) => message);
      for (const message of foreign) expectSafeLines(message);
      expect(foreign.filter((message) => message === "x" || message === "y")).toEqual([]);
      expectSafeMarkdown(summary.replaceAll("<details><summary>", ""));
      expectSafeLines(JSON.stringify(outputs));
    }
  });
});
