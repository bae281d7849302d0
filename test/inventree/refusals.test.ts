import { describe, expect, it } from "vitest";
import { failureFrom } from "./support/client.ts";
import { startServer } from "./support/server.ts";
import { useServers } from "./support/use-servers.ts";

const { serve, keep } = useServers();
const page = { count: 0, next: null, previous: null, results: [] };

describe("what the server refuses", () => {
  it.each([
    ["/api/part/", "part.view"],
    ["/api/part/12/", "part.view"],
    ["/api/part/category/", "part_category.view"],
    ["/api/bom/", "bom.view (before API 481: part.view)"],
    ["/api/stock/", "stock.view"],
    ["/api/stock/location/", "stock_location.view"],
    ["/api/build/line/", "build.view"],
    ["/api/order/po-line/", "purchase_order.view"],
    ["/api/order/so-line/", "sales_order.view"],
    ["/api/company/part/", "purchase_order.view (or part.view)"],
  ])("names the permission that %s needs, and is not asked again", async (path, permission) => {
    const body = { detail: "You do not have permission to perform this action." };
    const { client, server } = await serve(() => ({ status: 403, body }));
    const failure = await failureFrom(client.get(path, { limit: 1 }));
    expect(failure.message).toBe(`[GET] ${path}?limit=1: 403: the token lacks ${permission}`);
    expect(failure).toMatchObject({ kind: "inventree", status: 403, retryable: false, incident: "refused" });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    [
      401,
      { detail: "Invalid token." },
      "401: the token is not valid; is INVENTREE_API_TOKEN right? (the server says: Invalid token.)",
    ],
    [
      400,
      { part: ["Select a valid choice."] },
      "400: the server refuses the request (the server says: Select a valid choice.)",
    ],
    [
      404,
      { detail: "API endpoint not found" },
      "404: this InvenTree server has no such part of its API (the server says: API endpoint not found)",
    ],
    [405, "[]", "405: the server refuses the request"],
  ])("is told in words and not asked again: %i", async (status, body, words) => {
    const { client, server } = await serve(() => ({ status, body }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(`[GET] /api/part/: ${words}`);
    expect(failure).toMatchObject({ status, retryable: false, incident: "refused" });
    expect(server.seen).toHaveLength(1);
  });

  it("asks whether the address is right when another server says 404", async () => {
    const { client } = await serve(() => ({ status: 404, headers: { "x-inventree-api": "" }, body: "nothing here" }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "[GET] /api/part/: 404: not found: is INVENTREE_URL the address of an InvenTree server?",
    );
  });

  it.each(["text/html; charset=utf-8", "application/json", ""])("is a login page, called %j", async (type) => {
    const { client, server } = await serve(() => ({
      headers: { "content-type": type, "x-inventree-api": "" },
      body: "\n<!DOCTYPE html><title>Log in</title>",
    }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "[GET] /api/part/: an HTML page, not JSON: is INVENTREE_URL right, or a login proxy in front?",
    );
    expect(failure).toMatchObject({ incident: "refused", retryable: false });
    expect(server.seen).toHaveLength(1);
  });

  it.each([
    ["in the header", () => ({ headers: { "x-inventree-api": "389" }, body: page })],
    ["in the header of a refusal", () => ({ status: 403, headers: { "x-inventree-api": "389" }, body: page })],
    ["only at /api/", (): object => ({ headers: { "x-inventree-api": "" }, body: { ...page, apiVersion: 389 } })],
  ])("is too old, which stands %s", async (_, answer) => {
    const { client } = await serve(answer);
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      "the server's API version is 389; Partwatch needs at least 390 (InvenTree 1.0): update InvenTree",
    );
    expect(failure).toMatchObject({ incident: "refused", retryable: false });
  });

  it.each([390, 999])("is new enough with API version %i", async (version) => {
    const { client } = await serve(() => ({ headers: { "x-inventree-api": String(version) }, body: [] }));
    await client.get("/api/part/");
    expect(await client.apiVersion()).toBe(version);
  });

  it("is no InvenTree at all", async () => {
    const { client } = await serve(() => ({ headers: { "x-inventree-api": "" }, body: page }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("the answer names no apiVersion");
  });

  it("is asked for its version once, when a proxy strips the header", async () => {
    const { client, server } = await serve(() => ({ headers: { "x-inventree-api": "" }, body: { apiVersion: 400 } }));
    await Promise.all([client.get("/api/part/"), client.get("/api/bom/"), client.get("/api/stock/")]);
    expect(await client.apiVersion()).toBe(400);
    expect(server.seen.filter((one) => one.path === "/api/")).toHaveLength(1);
  });
});

describe("a redirect", () => {
  it("on the same server is followed", async () => {
    const { client, server } = await serve(({ path, query }) =>
      path === "/api/part/" ? { status: 308, headers: { location: `/new/api/part/?${query}` } } : { body: "[1]" },
    );
    expect(await client.get("/api/part/", { limit: 1 })).toEqual([1]);
    expect(server.seen.map((one) => `${one.path}?${one.query}`)).toEqual([
      "/api/part/?limit=1",
      "/new/api/part/?limit=1",
    ]);
  });

  it("to another server never gets the token", async () => {
    const other = await startServer(() => ({ body: "[1]" }));
    keep(other);
    const { client, server } = await serve(() => ({ status: 302, headers: { location: `${other.url}/api/part/` } }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toBe(
      `[GET] /api/part/: 302: redirects to ${other.url}; the token goes to no other server: correct INVENTREE_URL`,
    );
    expect(failure).toMatchObject({ incident: "refused", retryable: false });
    expect(other.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(1);
  });

  it("to another server names its address up to the sub-path, and nothing of a page that stands elsewhere", async () => {
    for (const [location, where] of [
      ["https://stock.example.com/inv/api/part/?limit=1", "https://stock.example.com/inv"],
      ["https://login.example.com/sso?next=secret", "https://login.example.com"],
    ] as const) {
      const { client } = await serve(() => ({ status: 302, headers: { location } }));
      const failure = await failureFrom(client.get("/api/part/", { limit: 1 }));
      expect(failure.message).toContain(`302: redirects to ${where}; the token`);
    }
  });

  it("in a circle ends", async () => {
    const { client, server } = await serve(() => ({ status: 301, headers: { location: "/api/part/" } }));
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("redirected more than 5 times");
    expect(server.seen).toHaveLength(6);
  });
});
