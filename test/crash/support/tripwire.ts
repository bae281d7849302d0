// Everything that a process does to the world passes here: the requests that it sends and the answers that it gets, piece by
// piece, and the git that it starts. At the piece that is chosen the process is killed, as by a power cut.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createConnection, createServer, type Server, type Socket } from "node:net";
import { delimiter, join } from "node:path";

/** Where a process is killed: at the so-manieth piece of a kind on the network, or before or after the so-manieth git. */
export type Spot =
  | { readonly on: "network"; readonly kind: string; readonly index: number }
  | { readonly on: "git"; readonly when: "before" | "after"; readonly index: number };

export interface Tripwire extends AsyncDisposable {
  /** A port of this machine that leads to that one; `name` is what it is called in `hit`. */
  readonly through: (name: string, port: number) => Promise<number>;
  /** PATH with a git that passes here. */
  readonly environment: (spot: Spot | undefined) => Readonly<Record<string, string>>;
  /** From now on; `kill` ends the process. */
  readonly arm: (spot: Spot | undefined, kill: () => void) => Promise<void>;
  /** What has passed since it was armed: how many pieces of each kind on the network (`mail →`), and how many gits. */
  readonly passed: () => Promise<{ readonly network: ReadonlyMap<string, number>; readonly git: number }>;
  /** At what the process was killed, in words: `mail → DATA`; undefined: it came to its end before. */
  readonly hit: () => Promise<string | undefined>;
}

export async function openTripwire(folder: string): Promise<Tripwire> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const log = join(folder, "git.log");
  const bin = join(folder, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "git"), GIT);
  await chmod(join(bin, "git"), 0o755);
  let spot: Spot | undefined;
  let kill = () => {};
  let network = new Map<string, number>();
  let hit: string | undefined;
  /** Whether a piece may go on. */
  const passes = (kind: string, piece: Buffer): boolean => {
    const number = network.get(kind) ?? 0;
    network.set(kind, number + 1);
    if (spot?.on !== "network" || spot.kind !== kind || spot.index !== number) return true;
    hit = `${kind} ${firstWord(piece)}`;
    kill();
    return false;
  };
  return {
    through: async (name, port) => {
      const server = createServer((client) => {
        const upstream = createConnection(port, "127.0.0.1");
        for (const [from, to, arrow] of [
          [client, upstream, "→"],
          [upstream, client, "←"],
        ] as const) {
          sockets.add(from);
          from.on("data", (piece: Buffer) => {
            if (passes(`${name} ${arrow}`, piece)) to.write(piece);
          });
          from.on("error", () => to.destroy());
          from.on("close", () => {
            sockets.delete(from);
            to.destroy();
          });
        }
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the relay has no port");
      return address.port;
    },
    environment: (at) => ({
      PATH: [bin, process.env.PATH ?? ""].join(delimiter),
      TRIPWIRE_LOG: log,
      TRIPWIRE_PATH: process.env.PATH ?? "",
      TRIPWIRE_AT: at?.on === "git" ? `${at.when} ${at.index + 1}` : "",
    }),
    arm: async (at, end) => {
      await writeFile(log, "");
      [spot, kill, network, hit] = [at, end, new Map(), undefined];
    },
    passed: async () => ({ network, git: (await gits(log)).length }),
    hit: async () => {
      if (spot?.on !== "git") return hit;
      const words = (await gits(log))[spot.index];
      return words === undefined ? undefined : `git ${spot.when} ${words}`;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Kills who has started it, before or after the real git has done its work. */
const GIT = `#!/bin/sh
while [ "$1" = -c ]; do kept="$kept $1 $2"; shift 2; done
echo "$1" >> "$TRIPWIRE_LOG"
n=0
while read -r _; do n=$((n + 1)); done < "$TRIPWIRE_LOG"
PATH=$TRIPWIRE_PATH
[ "$TRIPWIRE_AT" != "before $n" ] || { kill -9 $PPID; exit 1; }
git $kept "$@"
status=$?
[ "$TRIPWIRE_AT" != "after $n" ] || kill -9 $PPID
exit $status
`;

async function gits(log: string): Promise<readonly string[]> {
  return (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
}

/** `GET`, `EHLO`, `250`, `HTTP/1.1`; of what goes on in the middle: `…`. */
function firstWord(piece: Buffer): string {
  return /^[A-Z0-9./]{3,8}(?=[ \-\r\n])/.exec(piece.subarray(0, 12).toString("latin1"))?.[0] ?? "…";
}
