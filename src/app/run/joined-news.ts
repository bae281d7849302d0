// One cause, one notice: the same answer of a mail server about many addresses is one notice, not one for each.
import type { IncidentNews } from "../../core/notification/incidents.ts";
import { replyPattern, replySubject } from "../../core/smtp-reply.ts";

interface Notice {
  readonly news: IncidentNews;
}

/** Groups of notices with the same cause; in the order of the first of each. */
export function groupByCause<T extends Notice>(
  notices: readonly T[],
  /** The channel's id of the message that reported it. */
  refOf: (news: IncidentNews) => string | undefined,
): readonly (readonly T[])[] {
  return [...Map.groupBy(notices, ({ news }) => causeKey(news, refOf(news))).values()];
}

/** The notice to the admins about a group. */
export function joinedNews(together: readonly Notice[]): IncidentNews {
  const all = together.map(({ news }) => news);
  const [first] = all;
  if (first === undefined) throw new Error("A notice without news");
  const address = addressOf(first);
  if (address === undefined) return first;
  const subject = replySubject(first.cause);
  if (all.length === 1 && subject === "address") return first;
  const isSame = all.every(({ cause }) => cause === first.cause);
  const addresses = all.flatMap((news) => addressOf(news) ?? []);
  const lines = isSame ? [first.cause, ...addresses] : all.map((news) => `${addressOf(news)}: ${news.cause}`);
  return {
    ...first,
    key: `addresses:${subject}/${all.length - 1}/${address}`,
    cause: lines.join("\n"),
    since: all.map(({ since }) => since).sort()[0] ?? first.since,
    monitors: [...new Set(all.flatMap(({ monitors }) => monitors))],
  };
}

function causeKey(news: IncidentNews, ref: string | undefined): string {
  const { key, channel, kind, cause } = news;
  const address = addressOf(news);
  if (address === undefined) return JSON.stringify([channel, kind, key]);
  // What was reported together is resolved together.
  return JSON.stringify([channel, kind, kind === "opened" ? replyPattern(cause, address) : (ref ?? key)]);
}

function addressOf({ key }: IncidentNews): string | undefined {
  return key.startsWith("address:") ? key.slice("address:".length) : undefined;
}
