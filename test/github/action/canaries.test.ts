// Every secret that a workflow may have, as a canary; every place where somebody reads something.
import { describe, expect, it } from "vitest";
import { startReceiver } from "../../notify/webhook/receiver.ts";
import { type ActionResult, SECRETS } from "../../support/action.ts";
import { YEARLY } from "../../support/action-lists.ts";
import { CANARIES, canariesIn, HOOK_PATH, type Surface } from "../../support/canaries.ts";
import { openPullRequest } from "../../support/pull-request.ts";
import { boardList, CHIP, putStock } from "../../support/small-product.ts";

const channels = "{ issue: { active: true }, webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY } }";
const files = {
  "monitors/board.yaml": boardList({ ...YEARLY, channels }),
  "partwatch.yaml": "channels: { issue: { active: true } }\n",
};
const OWN = Object.values(SECRETS);

/** What a step says, each as a surface; of its log everything but the requests to mask. */
function saidBy(name: string, { log, summary, outputs, annotations }: ActionResult): readonly Surface[] {
  const lines = log.split("\n").filter((line) => !line.startsWith("::add-mask::"));
  return [
    [`${name}: log`, lines.join("\n")],
    [`${name}: summary`, summary],
    [`${name}: outputs`, JSON.stringify(outputs)],
    [`${name}: annotations`, JSON.stringify(annotations)],
  ];
}

describe("secrets as canaries", () => {
  it("are on no surface of the action, however much is logged, whether all is well or servers repeat them", async () => {
    const hook = await startReceiver();
    try {
      await using request = await openPullRequest(files);
      const { runner } = request;
      const env = { STOCK_URL: hook.url + HOOK_PATH, STOCK_KEY: CANARIES.STOCK_KEY };
      const surfaces: Surface[] = [];
      for (const debug of ["", "1"]) {
        const all = {
          event: "workflow_dispatch",
          inputs: { all: "true", "log-format": debug === "" ? "text" : "json" },
          env: { ...env, RUNNER_DEBUG: debug },
        };
        putStock(runner.inventree, CHIP, debug === "" ? 5 : 4);
        const well = await runner.run(all);
        expect(well).toMatchObject({ code: 0 });
        surfaces.push(...saidBy(`well, debug ${debug}`, well));

        putStock(runner.inventree, CHIP, debug === "" ? 3 : 2);
        const login = Buffer.from(`\0partwatch\0${SECRETS.password}`).toString("base64");
        runner.sink.behave({ message: () => ({ code: 554, text: `5.7.1 ${SECRETS.password} ${login}` }) });
        hook.behave({ status: 403, body: `${CANARIES.STOCK_KEY} ${hook.url}${HOOK_PATH}` });
        const refused = await runner.run(all);
        expect(refused).toMatchObject({ code: 1 });
        surfaces.push(...saidBy(`channels refuse, debug ${debug}`, refused));
        runner.sink.behave({});

        const lift = runner.inventree.faults.add({
          fault: { kind: "answer", status: 401, body: { detail: `Invalid token ${SECRETS.inventree}` } },
        });
        surfaces.push(...saidBy(`InvenTree refuses, debug ${debug}`, await runner.run(all)));
        await request.propose({ "monitors/more.yaml": boardList({ ...YEARLY, name: "More", channels }) });
        surfaces.push(...saidBy(`a preview that fails, debug ${debug}`, await request.preview({ env: all.env })));
        lift();
        surfaces.push(...saidBy(`a preview, debug ${debug}`, await request.preview({ env: all.env })));
      }
      const validated = await runner.run({ event: "pull_request", inputs: { command: "validate" }, env });
      surfaces.push(...saidBy("validate", validated));
      surfaces.push(["comment of the preview", request.bodies().join("\n")]);
      surfaces.push(["issues", JSON.stringify(runner.github.world.issues.all)]);
      const log = ["log", "--patch", "--format=%an %ae %B", "partwatch-state"];
      surfaces.push(["state branch", await runner.github.repository.git(log)]);
      for (const { raw, parsed } of runner.sink.mails())
        surfaces.push(["mail", raw], ["mail's text", `${parsed.subject}\n${parsed.text}\n${parsed.html}`]);
      for (const { headers, body } of hook.received) surfaces.push(["webhook", `${JSON.stringify(headers)}\n${body}`]);

      expect(canariesIn(surfaces, OWN)).toEqual([]);
      // They were there to be shown.
      expect(hook.received.length).toBeGreaterThan(2);
      expect(hook.received.every(({ path }) => path === HOOK_PATH)).toBe(true);
      expect(runner.sink.mails().some(({ user }) => user === "partwatch")).toBe(true);
      const said = surfaces.map(([, text]) => text).join("\n");
      for (const words of ["401: the token is not valid", "554", "(403)", "Would be notified"])
        expect(said).toContain(words);
    } finally {
      await hook.close();
    }
  });
});
