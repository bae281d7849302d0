import type { Clock } from "../core/ports.ts";
import type { Git } from "./git.ts";
import type { Author } from "./git-objects.ts";

/** `Kim <kim@example.com>`, as git writes it into a commit. */
export interface Identity {
  readonly author: string;
  readonly committer: string;
}

interface Somebody {
  readonly git: Git;
  readonly clock: Clock;
  /** Asked once: it does not change while a run goes on. */
  identity?: Promise<Identity>;
}

const PARTWATCH = "Partwatch <partwatch@users.noreply.github.com>";

/** The lines of a commit, dated by the injected clock. */
export async function authorOf(somebody: Somebody): Promise<Author> {
  somebody.identity ??= identityOf(somebody.git);
  const { author, committer } = await somebody.identity;
  const date = `${Math.floor(somebody.clock.now().getTime() / 1000)} +0000`;
  return { author: `${author} ${date}`, committer: `${committer} ${date}` };
}

/** The user's own identity, or Partwatch's where there is none. */
async function identityOf(git: Git): Promise<Identity> {
  const [author, committer] = await Promise.all(
    ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"].map(async (name) => {
      const { code, stdout } = await git.run(["-c", "user.useConfigOnly=true", "var", name]);
      const [, ident] = /^(.*>) \d+ [-+]\d{4}$/.exec(stdout.toString("utf8").trim()) ?? [];
      return code === 0 ? ident : undefined;
    }),
  );
  if (author === undefined || committer === undefined) return { author: PARTWATCH, committer: PARTWATCH };
  return { author, committer };
}
