import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createTlsServer } from "node:https";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { bench, failureErrorFrom, failureFrom, TOKEN } from "./support/client.ts";
import { portOf } from "./support/server.ts";
import { useServers } from "./support/use-servers.ts";

const { serve, keep } = useServers();

describe("the token", () => {
  it.each([
    ["in a refusal", (): object => ({ status: 401, body: { detail: `Invalid token ${TOKEN}` } })],
    ["in a long refusal", (): object => ({ status: 400, body: { detail: `${"x".repeat(190)}${TOKEN}` } })],
    ["in broken JSON", (): object => ({ body: `${TOKEN} is no JSON` })],
    ["in a content type", (): object => ({ headers: { "content-type": `text/${TOKEN}` }, body: "[]" })],
    ["in a redirect", (): object => ({ status: 302, headers: { location: `https://${TOKEN}.example.com/` } })],
    ["in an error page", (): object => ({ status: 500, body: `<p>${TOKEN}</p>` })],
  ])("that the server echoes %s is in no error and no log", async (_, answer) => {
    const { client, log } = await serve(answer);
    const error = await failureErrorFrom(client.get("/api/part/", { search: TOKEN }));
    for (const text of [inspect(error, { depth: 10 }), JSON.stringify(error.failure), ...log.lines]) {
      expect(text.toLowerCase()).not.toContain(TOKEN.slice(0, 10).toLowerCase());
    }
    expect(error.failure.message).toContain("***");
  });

  it("that something echoes which speaks no HTTP is in no error", async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => {}));
      socket.write(`220 smtp ready ${TOKEN}\r\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { client } = bench(`http://127.0.0.1:${portOf(server.address())}`);
    const close = () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    };
    keep(client, { close });
    const error = await failureErrorFrom(client.get("/api/part/"));
    expect(error.failure.message).toContain("the connection failed (HPE_INVALID_CONSTANT)");
    expect(inspect(error, { depth: 10 })).not.toContain(TOKEN);
  });

  it("is sent over TLS only to a server whose certificate is trusted", async () => {
    const folder = await mkdtemp(join(tmpdir(), "partwatch-tls-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const self = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    await promisify(execFile)("openssl", [...self, "-keyout", key, "-out", cert, ...subject]);
    let requests = 0;
    const server = createTlsServer({ key: await readFile(key), cert: await readFile(cert) }, (_, response) => {
      requests += 1;
      response.end("{}");
    });
    await rm(folder, { recursive: true });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { client } = bench(`https://127.0.0.1:${portOf(server.address())}`);
    keep(client, { close: () => new Promise((resolve) => server.close(() => resolve())) });
    const failure = await failureFrom(client.get("/api/part/"));
    expect(failure.message).toContain("the server's certificate is not accepted (DEPTH_ZERO_SELF_SIGNED_CERT)");
    expect(failure).toMatchObject({ incident: "unreachable", retryable: false });
    expect(requests).toBe(0);
  });
});
