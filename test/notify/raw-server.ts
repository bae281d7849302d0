import { createServer, type Server, type Socket } from "node:net";

/** A server that a test talks to over bare sockets. */
export interface RawServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on localhost, and leaves each connection to the test. */
export async function listening(onSocket: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** An SMTP server in a few lines, for what a well-behaved library does not do. */
export function scripted(onLine: (line: string, reply: () => void, socket: Socket) => void): Promise<RawServer> {
  return listening((socket) => {
    let text = "";
    let inData = false;
    socket.write("220 scripted\r\n");
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      const lines = text.split("\r\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        if (inData && line !== ".") continue;
        inData = /^data$/i.test(line);
        const reply = () => socket.write(inData ? "354 go on\r\n" : "250 ok\r\n");
        onLine(line, reply, socket);
      }
    });
  });
}
