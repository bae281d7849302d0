import { describe, expect, it } from "vitest";
import { startReceiver } from "../../notify/webhook/receiver.ts";
import { openRunner } from "../../support/action.ts";
import { YEARLY } from "../../support/action-lists.ts";
import { shownLog } from "../../support/action-log.ts";
import { close, issueIn, tick } from "../../support/github-api/issues-world.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";

const PATH = "/services/T01/B02/x9y8z7-hidden";
const channels =
  "{ issue: { active: true, labels: [stock], assignees: [octocat, nobody] }, webhook: { url_env: STOCK_CHAT, format: slack } }";
const files = {
  "monitors/board.yaml": boardList({ ...YEARLY, recipients: "[]", channels }),
  "partwatch.yaml": "channels: { issue: { active: true } }\nlanguage: de\n",
};

describe("the action, where a list tells by an issue and a webhook,", () => {
  it("tells both, hears people, and shows the webhook's address nowhere, whatever its server says", async () => {
    await using runner = await openRunner(files);
    const chat = await startReceiver();
    try {
      const env = { STOCK_CHAT: chat.url + PATH, ADMIN_EMAIL_RECIPIENTS: "" };
      const all = { event: "workflow_dispatch", inputs: { all: "true" }, env };
      expect(await runner.run(all)).toMatchObject({ code: 0, outputs: { notified: "1", failed: "0" } });
      const { issues } = runner.github.world;
      const issue = issueIn(issues, 11);
      expect(issue).toMatchObject({ state: "open", labels: ["stock"], assignees: ["octocat"] });
      expect(issue.body).toMatch(/- \[ \] gesehen[^\n]*\n\n.*Chip.*<td>fehlt<\/td><td>5<\/td>/);
      expect(chat.received).toMatchObject([{ path: PATH, body: expect.stringContaining("Chip") }]);

      tick(issue, "Chip");
      putStock(runner.inventree, CHIP, 2);
      chat.behave({ status: 404, body: `No hook x9y8z7-hidden at ${PATH}` });
      const failed = await runner.run(all);
      expect(failed).toMatchObject({ code: 1, outputs: { notified: "1", failed: "1" } });
      expect(issue.body).toMatch(/- \[x\] gesehen/);
      expect(issueIn(issues, 12).title).toContain("Der Webhook aus STOCK_CHAT");
      const shown = [
        shownLog(failed.log),
        failed.summary,
        JSON.stringify([failed.outputs, failed.annotations, issues]),
      ];
      expect(shown.join("\n")).not.toContain("x9y8z7");
      expect(shown.join("\n")).toContain("the webhook of STOCK_CHAT is not there (404)");
      expect(await runner.state("state/board.json")).toMatchObject({
        alerts: [{ state: "acknowledged", acknowledged: { by: "tess, issue #11" }, quantity: 8 }],
        delivered: { issue: { seq: 2 }, webhook: { seq: 1 } },
      });

      close(issue, "not_planned");
      expect(await runner.run(all)).toMatchObject({ code: 0 });
      expect(await runner.state("state/board.json")).toMatchObject({
        alerts: [{ state: "dismissed", dismissed: { by: "issue #11", quantity: 8 } }],
        episode: { number: 1, open: false },
        delivered: { issue: { seq: 3 }, webhook: { seq: 2 } },
      });
      expect(issueIn(issues, 12)).toMatchObject({ state: "closed", comments: [{}] });
      expect(chat.received).toHaveLength(3);
    } finally {
      await chat.close();
    }
  });
});
