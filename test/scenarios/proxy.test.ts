// Behind a company's proxy: InvenTree and webhooks are reached by it alone.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace, TOKEN } from "../support/workspace.ts";

const PASSWORD = "proxy-pass-77";

/** Passes on what is asked in the absolute form to servers of this machine, whatever the host is called. */
async function startProxy(ports: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? "");
    asked.push(url.hostname);
    const expected = `Basic ${Buffer.from(`stock:${PASSWORD}`).toString("base64")}`;
    const port = ports[url.hostname];
    if (incoming.headers["proxy-authorization"] !== expected) outgoing.writeHead(407).end();
    else if (port === undefined) outgoing.writeHead(502).end();
    else {
      const { method, headers } = incoming;
      const onward = request({ port, path: url.pathname + url.search, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.writeHead(502).end());
      incoming.pipe(onward);
    }
  });
  server.on("connect", (incoming: IncomingMessage, socket) => {
    asked.push(`CONNECT ${incoming.url}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    asked,
    login: (password: string) => `http://stock:${password}@127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function startHook() {
  const bodies: string[] = [];
  const server = createServer((incoming, outgoing) => {
    incoming.on("data", (chunk: Buffer) => bodies.push(chunk.toString("utf8")));
    incoming.on("end", () => outgoing.end("ok"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    bodies,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const files = {
  "monitors/board.yaml": boardList({ channels: "{ webhook: { url_env: STOCK_URL } }" }),
};

describe.concurrent("behind a proxy", () => {
  it("InvenTree and webhooks are asked through it, with its login, which appears nowhere", async () => {
    await using workspace = await openWorkspace({ files });
    await using hook = await startHook();
    const inventree = Number(new URL(workspace.inventree.url).port);
    await using proxy = await startProxy({
      "inventree.example.invalid": inventree,
      "hooks.example.invalid": hook.port,
    });
    const env = {
      INVENTREE_URL: "http://inventree.example.invalid",
      STOCK_URL: "http://hooks.example.invalid/x",
      HTTP_PROXY: proxy.login(PASSWORD),
    };
    const run = await workspace.partwatch(["run", ...onDay(23)], { env });
    expect(run).toMatchObject({ code: 0 });
    expect(hook.bodies.join("")).toContain("Chip");
    expect(new Set(proxy.asked)).toEqual(new Set(["inventree.example.invalid", "hooks.example.invalid"]));
    expect(run.stdout + run.stderr).not.toContain(PASSWORD);
    expect(run.stdout + run.stderr).not.toContain(TOKEN);
  });

  it("what cannot be reached is said with the proxy, and without its password", async () => {
    await using workspace = await openWorkspace({ files });
    await using proxy = await startProxy({});
    const env = { STOCK_URL: "https://hooks.example.invalid/x", https_proxy: proxy.login("wrong-one") };
    const run = await workspace.partwatch(["run", ...onDay(23)], { env });
    expect(run.code).toBe(1);
    expect(run.outText).toMatch(
      /STOCK_URL is not called: the proxy refuses to connect, asked through the proxy in https_proxy/,
    );
    expect(proxy.asked).toContain("CONNECT hooks.example.invalid:443");
    expect(run.stdout + run.stderr).not.toContain("wrong-one");
  });

  it("NO_PROXY keeps a host from it, and is named where that host cannot be reached", async () => {
    await using workspace = await openWorkspace({ files });
    await using proxy = await startProxy({});
    const env = {
      STOCK_URL: "http://hooks.example.invalid/x",
      HTTP_PROXY: proxy.login(PASSWORD),
      NO_PROXY: ".example.invalid",
    };
    const run = await workspace.partwatch(["run", ...onDay(23)], { env });
    expect(run.code).toBe(1);
    expect(run.outText).toContain("NO_PROXY keeps it from the proxy in HTTP_PROXY");
    expect(proxy.asked).toEqual([]);
  });
});
