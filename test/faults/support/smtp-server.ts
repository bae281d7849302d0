// A mail server in a few lines that can go wrong at each state of the dialogue.
import type { Socket } from "node:net";
import { listening } from "../../notify/raw-server.ts";

/** Where in the dialogue. `AUTH answer`: what follows a challenge. `message`: behind the final dot. */
export type State =
  | "greeting"
  | "EHLO"
  | "HELO"
  | "STARTTLS"
  | "AUTH"
  | "AUTH answer"
  | "MAIL"
  | "RCPT"
  | "DATA"
  | "message"
  | "QUIT";

/** What it says instead of yes; nothing at all; or nothing, and the connection ends. */
export type Say = { readonly say: string; readonly andDrop?: true } | "silence" | "drop";

export interface Script {
  readonly at: State;
  readonly does: Say;
  /** Of RCPT: only for this address. */
  readonly only?: string;
  /** Only the first connections go wrong. */
  readonly connections?: number;
  /** Of an AUTH answer: how often it asks before; default 2, as for name and password. */
  readonly challenges?: number;
  /** Behind the final dot: the message is delivered although nobody is told so. */
  readonly keeps?: true;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly port: number;
  readonly connections: () => number;
  /** Message-IDs of what it has taken, for ann. */
  readonly taken: () => readonly string[];
}

export interface ServerOptions {
  readonly script?: Script;
  /** Lines of its answer to EHLO. */
  readonly offers?: readonly string[];
}

const USUAL = ["SIZE 10485760", "8BITMIME", "PIPELINING"];

/** Starts it on a free port. */
export async function startScripted({ script, offers = USUAL }: ServerOptions): Promise<ScriptedServer> {
  const taken: string[] = [];
  let connections = 0;
  const server = await listening((socket) => {
    connections += 1;
    const isBad = script !== undefined && connections <= (script.connections ?? Number.POSITIVE_INFINITY);
    talk(socket, { script: isBad ? script : undefined, offers, taken });
  });
  return {
    port: server.port,
    connections: () => connections,
    taken: () => taken,
    [Symbol.asyncDispose]: () => server.close(),
  };
}

interface Talk {
  readonly script: Script | undefined;
  readonly offers: readonly string[];
  readonly taken: string[];
}

function talk(socket: Socket, { script, offers, taken }: Talk): void {
  let text = "";
  let message: string[] | undefined;
  let to: string[] = [];
  let challenges = 0;
  const answer = (state: State, yes: string, about = ""): boolean => {
    const isWrong = script?.at === state && (script.only === undefined || about.includes(script.only));
    if (!isWrong || script === undefined) {
      socket.write(`${yes}\r\n`);
      return true;
    }
    const { does } = script;
    if (does === "drop") socket.destroy();
    else if (does !== "silence") socket.write(`${does.say}\r\n`, () => does.andDrop && socket.destroy());
    return false;
  };
  const takeMessage = (lines: readonly string[]) => {
    // A long header goes on in the next line.
    const id = /^Message-ID:\s+(<[^>]+>)/im.exec(lines.join("\n"))?.[1] ?? "";
    const keep = () => {
      if (to.includes("ann@example.com")) taken.push(id);
    };
    if (script?.at === "message" && script.keeps) keep();
    if (answer("message", "250 2.0.0 queued")) keep();
  };
  const onLine = (line: string) => {
    if (message !== undefined) {
      if (line !== ".") return void message.push(line);
      const lines = message;
      message = undefined;
      return takeMessage(lines);
    }
    const [word = ""] = line.toUpperCase().split(/[ :]/);
    if (challenges > 0) {
      challenges -= 1;
      if (challenges > 0) socket.write("334 UGFzc3dvcmQ6\r\n");
      else answer("AUTH answer", "235 2.7.0 welcome");
      return;
    }
    if (word === "EHLO")
      return void answer(
        "EHLO",
        ["hello", ...offers]
          .map((offer, index, all) => `250${index === all.length - 1 ? " " : "-"}${offer}`)
          .join("\r\n"),
      );
    if (word === "HELO") return void answer("HELO", "250 hello");
    if (word === "STARTTLS")
      return void answer("STARTTLS", offers.includes("STARTTLS") ? "220 go on" : "502 5.5.1 Not implemented");
    if (word === "AUTH") {
      if (script?.at !== "AUTH answer") return void answer("AUTH", "235 2.7.0 welcome");
      challenges = script.challenges ?? 2;
      return void socket.write(challenges === 1 ? "334 eyJzdGF0dXMiOiI0MDEifQ==\r\n" : "334 VXNlcm5hbWU6\r\n");
    }
    if (word === "MAIL") {
      to = [];
      return void answer("MAIL", "250 2.1.0 ok");
    }
    if (word === "RCPT") {
      const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (answer("RCPT", "250 2.1.5 ok", address)) to.push(address);
      return;
    }
    if (word === "DATA") {
      if (answer("DATA", "354 go on")) message = [];
      return;
    }
    if (word === "QUIT") return void answer("QUIT", "221 bye");
    socket.write("250 ok\r\n");
  };
  answer("greeting", "220 mail.example ESMTP");
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    const lines = text.split("\r\n");
    text = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
}
