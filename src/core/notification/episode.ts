import { type SignificantResult, somethingShort } from "./significant.ts";

/** From the first notification with something short to the first without. */
export interface Episode {
  readonly number: number;
  readonly open: boolean;
  readonly since: string;
  /** Instant of the check whose notification ended it. */
  readonly until?: string;
  /** Message-ID that starts the thread. */
  readonly root?: string;
}

/**
 * The episode that a notification belongs to (`delivered`: null for a calm report outside of one) and what to record once it
 * is accepted (`stored`). An episode opens with the first delivered result with something short and ends with the first without.
 */
export function nextEpisode(notification: {
  readonly episode: Episode | null;
  readonly significant: SignificantResult;
  /** Instant of the check. */
  readonly at: Date;
}): { readonly delivered: Episode | null; readonly stored: Episode | null } {
  const { episode, significant } = notification;
  const at = notification.at.toISOString();
  const open = episode?.open === true;
  if (somethingShort(significant)) {
    const present = open ? episode : { number: (episode?.number ?? 0) + 1, open: true, since: at };
    return { delivered: present, stored: present };
  }
  if (!open) return { delivered: null, stored: episode };
  const ended = { ...episode, open: false, until: at };
  return { delivered: ended, stored: ended };
}

/** The episode with the message that starts its thread: the first that a channel accepted. */
export function rootedAt(episode: Episode, ref: string): Episode {
  return { ...episode, root: episode.root ?? ref };
}

/** The episode of a message that is sent again to pending recipients: the one it was first sent in. */
export function episodeOf(
  delivered: { readonly significant: SignificantResult; readonly at: string },
  episode: Episode | null,
): Episode | null {
  if (episode === null) return null;
  return somethingShort(delivered.significant) || episode.until === delivered.at ? episode : null;
}
