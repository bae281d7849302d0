import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { channelsOver, DEFAULT_CHANNELS } from "../../src/core/channels.ts";
import { configFrom } from "../../src/core/settings/config.ts";
import { workflowFiles } from "../../src/core/workflow/workflow.ts";
import { GOOD, readFiles } from "../monitors/folder.ts";
import { monitor, notification } from "./fixtures.ts";
import { webhookBench } from "./webhook/receiver.ts";

const { receiver, webhooks } = webhookBench();
const page = await readFile(join(import.meta.dirname, "../../docs/channels.md"), "utf8");

function fences(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, text = ""]) => text);
}

describe("docs/channels.md", () => {
  it("shows sections of lists and of partwatch.yaml that are taken as they stand", async () => {
    const lists = fences("yaml").filter((text) => text.startsWith("# in a monitor"));
    const configs = fences("yaml").filter((text) => text.startsWith("# partwatch.yaml"));
    expect([lists.length, configs.length]).toEqual([4, 1]);
    const files = Object.fromEntries(lists.map((text, index) => [`monitors/list-${index}.yaml`, GOOD + text]));
    expect((await readFiles({ ...files, "partwatch.yaml": configs[0] ?? "" })).problems).toEqual([]);
  });

  it("shows the permissions that the generator writes", () => {
    const [text = ""] = fences("yaml").filter((one) => one.includes("workflows/partwatch.yml"));
    const channels = channelsOver(DEFAULT_CHANNELS, { issue: { active: true } });
    const list = {
      file: "monitors/a.yaml",
      name: "A",
      active: true,
      cron_schedule: "10 7 * * *",
      timezone: "UTC",
      channels,
    };
    const { files } = workflowFiles({ monitors: [list], config: configFrom({}) });
    const workflow = files.get(".github/workflows/partwatch.yml") ?? "";
    expect(parse(text).permissions).toEqual(parse(workflow).jobs.check.permissions);
    for (const line of text.split("\n").slice(2)) expect(workflow).toContain(line.trim());
  });

  it("shows how to check a signature: it takes ours and no other", async () => {
    const [code = ""] = fences("js");
    const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const check =
      typeof module === "object" && module !== null && "isFromPartwatch" in module ? module.isFromPartwatch : null;
    if (typeof check !== "function") throw new Error("the page shows no function");
    const server = await receiver();
    const { channel, log } = webhooks({ URL: server.url, KEY: "key-0815" });
    const webhook = { active: true, url_env: "URL", format: "json", secret_env: "KEY" } as const;
    await channel.notify(notification({ monitor: monitor({ channels: { ...DEFAULT_CHANNELS, webhook } }) }), log);
    const [got] = server.received;
    const header = got?.headers["x-partwatch-signature-256"];
    expect(check(got?.body, header, "key-0815")).toBe(true);
    expect(check(`${got?.body} `, header, "key-0815")).toBe(false);
    expect(check(got?.body, header, "another")).toBe(false);
    expect(check(got?.body, undefined, "key-0815")).toBe(false);
  });
});
