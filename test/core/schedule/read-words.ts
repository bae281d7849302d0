const DAY = 86_400_000;
const MINUTE = 60_000;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December"],
];

interface Reading {
  /** Minutes of the day. */
  readonly times: readonly number[];
  readonly isDay: (date: Date) => boolean;
}

/** All instants in UTC that somebody expects who has nothing but a cron's English words. */
export function instantsOf(words: string, { after, until }: { readonly after: Date; readonly until: Date }): Date[] {
  const { times, isDay } = readingOf(words);
  const found: Date[] = [];
  for (let day = Math.floor(after.getTime() / DAY) * DAY; day <= until.getTime(); day += DAY) {
    if (!isDay(new Date(day))) continue;
    found.push(...times.map((time) => new Date(day + time * MINUTE)));
  }
  return found.filter((instant) => instant > after && instant <= until);
}

function readingOf(words: string): Reading {
  const [, months] = /, only in ([^:]+)$/.exec(words) ?? [];
  const rest = months === undefined ? words : words.slice(0, words.lastIndexOf(", only in "));
  const [, days, also] = /, on days? (.+) of the month(?: and also on every (.+))?$/.exec(rest) ?? [];
  const beforeDays = days === undefined ? rest : rest.slice(0, rest.search(/, on days? /));
  const weekday = new RegExp(`, (?:only on )?((?:${WEEKDAYS.join("|")}).*)$`).exec(beforeDays);
  const time = weekday === null ? beforeDays : beforeDays.slice(0, weekday.index);
  const ofWeek = also ?? weekday?.[1];
  const weekdays = ofWeek === undefined ? undefined : valuesIn(ofWeek, (name) => WEEKDAYS.indexOf(name), 7);
  const ofMonth = days === undefined ? undefined : valuesIn(days, Number, 0);
  const ofYear = months === undefined ? undefined : valuesIn(months, (name) => MONTHS.indexOf(name), 0);
  return {
    times: timesIn(time),
    isDay: (date) => {
      if (ofYear !== undefined && !ofYear.includes(date.getUTCMonth())) return false;
      if (weekdays === undefined && ofMonth === undefined) return true;
      return (weekdays?.includes(date.getUTCDay()) ?? false) || (ofMonth?.includes(date.getUTCDate()) ?? false);
    },
  };
}

function timesIn(words: string): number[] {
  const all = Array.from({ length: 24 * 60 }, (_, time) => time);
  const between = [...words.matchAll(/between (\S+) and (\d\d:\d\d)/g)].map(([, from = "", to = ""]) => [
    at(from),
    at(to),
  ]);
  const inside = (time: number) =>
    between.length === 0 || between.some(([from = 0, to = 0]) => time >= from && time <= to);
  const [, count, unit, from, to] = /^Every (?:(\d+) )?(minute|hour)s? from (\S+) to ([\d:]+)$/.exec(words) ?? [];
  if (from !== undefined && to !== undefined) {
    const step = Number(count ?? 1) * (unit === "hour" ? 60 : 1);
    return all.filter((time) => time >= at(from) && time <= at(to) && (time - at(from)) % step === 0);
  }
  const every = /^Every (?:(\d+) )?minutes?(?:, between .*)?$/.exec(words);
  if (every !== null) return all.filter((time) => time % Number(every[1] ?? 1) === 0 && inside(time));
  if (words.startsWith("Every hour on the hour")) return all.filter((time) => time % 60 === 0 && inside(time));
  const [, past] = /^At (.+) minutes past the hour/.exec(words) ?? [];
  if (past !== undefined) {
    const minutes = valuesIn(past, Number, 0);
    return all.filter((time) => minutes.includes(time % 60) && inside(time));
  }
  const [, times] = /^At ([\d:, and]+)$/.exec(words) ?? [];
  if (times === undefined) throw new Error(`Nobody knows what "${words}" means`);
  return times.split(/, | and /).map(at);
}

function at(clock: string): number {
  const [hour, minute] = clock.split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

/** `1, 5 and 10 through 20`; past the end of a period it begins anew. */
function valuesIn(words: string, numberOf: (word: string) => number, period: number): number[] {
  return words.split(/, | and /).flatMap((piece) => {
    const [from = 0, to = from] = piece.split(" through ").map(numberOf);
    const end = to < from ? to + period : to;
    return Array.from({ length: end - from + 1 }, (_, step) => (period === 0 ? from + step : (from + step) % period));
  });
}
