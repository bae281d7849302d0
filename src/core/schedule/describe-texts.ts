/** The words for describing a cron. */
export interface CronTexts {
  readonly and: string;
  /** `07:10 and 16:10` */
  readonly at: (times: string) => string;
  readonly everyMinutes: (count: number) => string;
  readonly everyHours: (count: number) => string;
  readonly fromTo: (from: string, to: string) => string;
  readonly between: (from: string, to: string) => string;
  /** Minute 0 of every hour. */
  readonly onTheHour: string;
  /** `10 and 40` */
  readonly pastTheHour: (minutes: string) => string;
  readonly through: (from: string, to: string) => string;
  readonly only: (names: string) => string;
  readonly day: (day: number) => string;
  /** `1, 15 and 20 through 25`; count: how many days. */
  readonly onDays: (days: string, count: number) => string;
  /** After days of the month: these weekdays as well. */
  readonly also: (weekdays: string) => string;
  readonly onlyIn: (months: string) => string;
}

const en: CronTexts = {
  and: "and",
  at: (times) => `At ${times}`,
  everyMinutes: (count) => (count === 1 ? "Every minute" : `Every ${count} minutes`),
  everyHours: (count) => (count === 1 ? "Every hour" : `Every ${count} hours`),
  fromTo: (from, to) => `from ${from} to ${to}`,
  between: (from, to) => `between ${from} and ${to}`,
  onTheHour: "Every hour on the hour",
  pastTheHour: (minutes) => `At ${minutes} minutes past the hour`,
  through: (from, to) => `${from} through ${to}`,
  only: (names) => `only on ${names}`,
  day: String,
  onDays: (days, count) => `on day${count === 1 ? "" : "s"} ${days} of the month`,
  also: (weekdays) => `and also on every ${weekdays}`,
  onlyIn: (months) => `only in ${months}`,
};

const de: CronTexts = {
  and: "und",
  at: (times) => `Um ${times}`,
  everyMinutes: (count) => (count === 1 ? "Jede Minute" : `Alle ${count} Minuten`),
  everyHours: (count) => (count === 1 ? "Jede Stunde" : `Alle ${count} Stunden`),
  fromTo: (from, to) => `von ${from} bis ${to}`,
  between: (from, to) => `zwischen ${from} und ${to}`,
  onTheHour: "Zu jeder vollen Stunde",
  pastTheHour: (minutes) => `In jeder Stunde bei Minute ${minutes}`,
  through: (from, to) => `${from} bis ${to}`,
  only: (names) => `nur am ${names}`,
  day: (day) => `${day}.`,
  onDays: (days) => `am ${days} des Monats`,
  also: (weekdays) => `und außerdem jeden ${weekdays}`,
  onlyIn: (months) => `nur im ${months}`,
};

export const CRON_TEXTS = { en, de } as const satisfies Readonly<Record<"en" | "de", CronTexts>>;
