import { describe, expect, it } from "vitest";
import { openTeam } from "../team.ts";

describe("a webhook in partwatch.yaml", () => {
  it("tells the admins of trouble when it begins and when it is over, once each", async () => {
    const config = "channels: { webhook: { url_env: STOCK_URL, secret_env: STOCK_KEY } }\n";
    await using team = await openTeam(
      { channels: "{}" },
      { "partwatch.yaml": config, "monitors/bad.yaml": "name: 1\n" },
    );
    await team.run(23);
    await team.run(24);
    await team.office.workspace.remove("monitors/bad.yaml");
    await team.run(25);
    await team.run(26);
    const events = team.receiver.received.map(({ body }): unknown => JSON.parse(body));
    expect(events).toMatchObject([
      { event: "report" },
      {
        event: "incident",
        status: "opened",
        incident: "file:monitors/bad.yaml",
        cause: expect.stringContaining("monitors/bad.yaml:1:"),
      },
      { event: "incident", status: "resolved", fix: null },
    ]);
  });
});

describe("a webhook whose variables are wrong", () => {
  it.each([
    [{}, /STOCK_URL: is not set; channels\.webhook names it .*\(monitors\/board\.yaml\)[\s\S]*STOCK_KEY: is not set/],
    [{ STOCK_URL: "hooks.example.com/T0/x9y8z7", STOCK_KEY: "k" }, /STOCK_URL: is not a valid address/],
    [{ STOCK_URL: "ftp://hooks.example.com/x9y8z7", STOCK_KEY: "k" }, /STOCK_URL: must begin with https/],
    [{ STOCK_URL: "https://me:x9y8z7@hooks.example.com/", STOCK_KEY: "k" }, /STOCK_URL: has a name or password/],
  ])("is said in words before anything is asked or sent, and never with its value", async (env, message) => {
    await using team = await openTeam();
    const problem = await team.office.run(23, { env }).catch((error: unknown) => String(error));
    expect(problem).toMatch(message);
    expect(problem).not.toContain("x9y8z7");
    expect(team.office.workspace.sink.connections()).toBe(0);
  });
});
