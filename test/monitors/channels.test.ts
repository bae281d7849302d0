import { describe, expect, test } from "vitest";
import { GOOD, readFiles } from "./folder.ts";

async function problemsOf(channels: string, config = ""): Promise<string[]> {
  const { problems } = await readFiles({
    "monitors/a.yaml": `${GOOD}channels: ${channels}\n`,
    "partwatch.yaml": config,
  });
  return problems.map(({ file, line, path, message }) => `${file}:${line} ${path}: ${message}`);
}

const LINE = GOOD.split("\n").length;

describe("the section channels of a list", () => {
  test("takes labels, assignees and the names of variables, and needs no recipients then", async () => {
    const own = GOOD.replace("recipients: [stock@example.com]\n", "");
    const { monitors, problems } = await readFiles({
      "monitors/a.yaml": `${own}channels:\n  issue: { active: true, labels: [stock], assignees: [octo-cat] }\n`,
      "monitors/b.yaml": `${own}channels:\n  webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY }\n`,
    });
    expect(problems).toEqual([]);
    expect(monitors.map(({ channels }) => channels)).toMatchObject([
      { issue: { active: true, labels: ["stock"], assignees: ["octo-cat"] }, webhook: { active: false } },
      {
        issue: { active: false },
        webhook: { active: true, url_env: "STOCK_URL", format: "json", secret_env: "STOCK_KEY" },
      },
    ]);
  });

  test("lies over that of partwatch.yaml, but a webhook of its own takes no secret from there", async () => {
    const { monitors, problems } = await readFiles({
      "partwatch.yaml":
        "channels:\n  issue: { active: true, labels: [stock] }\n  webhook: { url_env: ALL_URL, secret_env: ALL_KEY, format: ntfy }\n",
      "monitors/a.yaml": `${GOOD}channels: { issue: { labels: [board] }, webhook: { active: false } }\n`,
      "monitors/b.yaml": `${GOOD}channels: { webhook: { url_env: OWN_URL } }\n`,
      "monitors/c.yaml": GOOD,
    });
    expect(problems).toEqual([]);
    expect(monitors.map(({ channels }) => channels)).toMatchObject([
      { issue: { active: true, labels: ["board"] }, webhook: { active: false } },
      { webhook: { active: true, url_env: "OWN_URL", secret_env: null, format: "json" } },
      { webhook: { active: true, url_env: "ALL_URL", secret_env: "ALL_KEY", format: "ntfy" } },
    ]);
  });

  test.each([
    ["{ webhook: { url_env: 'https://hooks.example.com/T0/B0' } }", /url_env: .*is no name of a variable; use capital/],
    ["{ webhook: { url_env: EMAIL_PASSWORD } }", /url_env: "EMAIL_PASSWORD" has a meaning of its own; name another/],
    ["{ webhook: { url_env: A, secret_env: GITHUB_TOKEN } }", /secret_env: "GITHUB_TOKEN" has a meaning of its own/],
    ["{ webhook: { active: true } }", /channels\.webhook: has no address; add url_env/],
    ["{ webhook: { url_env: A, format: slack, secret_env: B } }", /secret_env that format slack has no use for/],
    ["{ webhook: { url_env: A, format: teams } }", /format: /],
    ["{ issue: { assignees: ['@octocat'] } }", /assignees\[0\]: .*is no GitHub login; write it without @/],
    ["{ issue: { label: x } }", /channels\.issue\.label: /],
    ["[1]", /channels: /],
  ])("says with its line what is wrong with %s", async (channels, message) => {
    const problems = await problemsOf(channels);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(problems[0]).toMatch(new RegExp(`^monitors/a\\.yaml:${LINE} `));
  });

  test("is looked at in partwatch.yaml in the same way", async () => {
    expect(await problemsOf("{}", "channels: { webhook: { url_env: INVENTREE_API_TOKEN } }\n")).toEqual([
      expect.stringMatching(/^partwatch\.yaml:1 channels\.webhook\.url_env: "INVENTREE_API_TOKEN" has a meaning/),
    ]);
  });

  test("does not silence the question who is to be told", async () => {
    const { problems } = await readFiles({
      "monitors/a.yaml": `${GOOD.replace("recipients: [stock@example.com]\n", "")}channels: { issue: { labels: [x] } }\n`,
    });
    expect(problems.map(({ path }) => path)).toEqual(["recipients"]);
  });
});
