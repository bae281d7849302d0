// The comment on a pull request, built from the job's context: the part of the wiring that talks to pull requests.
import type { Clock, Log } from "../core/ports.ts";
import { connectGithub, type GithubSettings } from "../github/octokit.ts";
import {
  type CommentLookup,
  type CommentPlace,
  type CommentWriteResult,
  findComment,
  putComment,
} from "../github/pull-request-comment.ts";

export interface CommentClient {
  readonly find: () => Promise<CommentLookup>;
  /** Writes the one comment. */
  readonly put: (body: string) => Promise<CommentWriteResult>;
}

/** Time for finding and writing it, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** Opens the comment of a pull request; the marker, which readers do not see, tells it from others. */
export function openComment(options: {
  readonly settings: GithubSettings;
  readonly number: number;
  readonly marker: string;
  readonly log: Log;
  readonly clock: Clock;
}): CommentClient {
  const { settings, number, marker, log, clock } = options;
  const api = connectGithub({ settings, clock, log });
  const place = (): CommentPlace => {
    const until = new Date(clock.now().getTime() + TIMEOUT_MS);
    return { api, number, marker, token: settings.token, until };
  };
  return { find: () => findComment(place()), put: (body) => putComment(place(), body) };
}
