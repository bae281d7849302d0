import { type EmbeddedInventree, type EmbeddedOptions, startInventree } from "../../demo/inventree/server.ts";
import { isRaw, type Raw } from "../support/recordings.ts";

/** Servers that one test file starts, and questions to them. */
export interface Servers {
  readonly start: (options: EmbeddedOptions) => Promise<EmbeddedInventree>;
  /** To be called after each test. */
  readonly closeAll: () => Promise<void>;
}

export function servers(): Servers {
  const open: EmbeddedInventree[] = [];
  return {
    start: async (options) => {
      const started = await startInventree(options);
      open.push(started);
      return started;
    },
    closeAll: async () => {
      for (const server of open.splice(0)) await server.close();
    },
  };
}

/** Asks below `/api/` with the right token. */
export function ask(server: EmbeddedInventree, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Token ${server.token}`, ...init.headers };
  return fetch(`${server.url}/api/${path}`, { ...init, headers });
}

/** The rows of a list, paged or bare; throws if it is none. */
export async function rows(server: EmbeddedInventree, path: string): Promise<readonly Raw[]> {
  const answer: unknown = await (await ask(server, path)).json();
  const list = isRaw(answer) ? answer.results : answer;
  if (!Array.isArray(list)) throw new Error(`${path} is no list: ${JSON.stringify(answer)}`);
  return list.filter(isRaw);
}

/** The pks of a list's rows. */
export async function pks(server: EmbeddedInventree, path: string): Promise<readonly unknown[]> {
  return (await rows(server, path)).map(({ pk }) => pk);
}

/** One object; throws if it is none. */
export async function one(server: EmbeddedInventree, path: string): Promise<Raw> {
  const answer: unknown = await (await ask(server, path)).json();
  if (!isRaw(answer)) throw new Error(`${path} is no object`);
  return answer;
}
