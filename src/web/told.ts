import type { Preview } from "../app/preview/preview.ts";

/** Whom a check would notify now, and by which other ways. */
export function toldBy({ channels, monitor }: Pick<Preview, "channels" | "monitor">): readonly string[] {
  return channels.flatMap(({ channel, reason }) =>
    reason === null ? [] : channel === "email" ? monitor.recipients : [channel],
  );
}
