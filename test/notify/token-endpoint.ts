import { createServer } from "node:http";

export interface TokenEndpoint {
  readonly url: string;
  /** What was asked, in order. */
  readonly forms: readonly URLSearchParams[];
  /** As the request lines had them: whole addresses where it is asked as a proxy. */
  readonly paths: readonly string[];
  readonly close: () => Promise<void>;
}

export interface TokenAnswer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** A token endpoint on this machine that answers each request as it is told to. */
export async function startTokenEndpoint(
  answer: (form: URLSearchParams, count: number) => TokenAnswer,
): Promise<TokenEndpoint> {
  const forms: URLSearchParams[] = [];
  const paths: string[] = [];
  const server = createServer((incoming, outgoing) => {
    let text = "";
    incoming.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
    });
    incoming.on("end", () => {
      const form = new URLSearchParams(text);
      forms.push(form);
      paths.push(incoming.url ?? "");
      const { status = 200, body, headers } = answer(form, forms.length);
      outgoing.writeHead(status, { "content-type": "application/json", ...headers });
      outgoing.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/tenant/token`,
    forms,
    paths,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
