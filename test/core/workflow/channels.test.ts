import { expect, test } from "vitest";
import { parse } from "yaml";
import { channelsOver, DEFAULT_CHANNELS } from "../../../src/core/channels.ts";
import type { ChannelsFile } from "../../../src/core/generated/monitor.ts";
import { monitor, runText } from "./sample.ts";

function having(channels: ChannelsFile) {
  return monitor({ channels: channelsOver(DEFAULT_CHANNELS, channels) });
}

function jobOf(text: string): { permissions: unknown; env: Record<string, string> } {
  const { permissions, steps } = parse(text).jobs.check;
  return { permissions, env: steps.at(-1).env };
}

function secret(name: string): string {
  return `\${{ secrets.${name} }}`;
}

test("a workflow may write issues only where a list has that channel, and says why", () => {
  expect(jobOf(runText([having({})])).permissions).toEqual({ contents: "write" });
  const text = runText([having({}), having({ issue: { active: true } })]);
  expect(jobOf(text).permissions).toEqual({ contents: "write", issues: "write" });
  expect(text).toMatch(/^ {6}issues: write # \w/m);
  expect(jobOf(runText([], { channels: { issue: { active: true } } })).permissions).toHaveProperty("issues", "write");
});

test("addresses and secrets of webhooks are handed over by name, each once, and only those that are used", () => {
  const lists = [
    having({ webhook: { url_env: "STOCK_URL", secret_env: "STOCK_KEY" } }),
    having({ webhook: { url_env: "CHAT_URL", format: "slack" } }),
    having({ webhook: { url_env: "STOCK_URL" } }),
    having({ webhook: { url_env: "OLD_URL", active: false } }),
  ];
  const { env } = jobOf(runText(lists));
  const own = Object.entries(env).filter(([name]) => /STOCK|CHAT|OLD/.test(name));
  expect(own).toEqual([
    ["CHAT_URL", secret("CHAT_URL")],
    ["STOCK_KEY", secret("STOCK_KEY")],
    ["STOCK_URL", secret("STOCK_URL")],
  ]);
  expect(runText(lists.toReversed())).toBe(runText(lists));
  expect(runText([], { channels: { webhook: { url_env: "ALL_URL" } } })).toContain(`ALL_URL: ${secret("ALL_URL")}`);
});
