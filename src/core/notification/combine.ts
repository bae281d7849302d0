// Which messages of a run go out as one mail: those of several lists, for the same people, in the same language. Pure.
import type { Monitor } from "../monitor.ts";
import { byCodeUnits } from "../text/code-units.ts";
import type { Sending } from "./sending.ts";

/** Nobody reads more lists in one mail. */
const MOST_LISTS = 25;
/** Mail servers take messages of some megabytes: so many rows of all CSV files together are about four. */
const MOST_ROWS = 20_000;

/** A mail of one list that may go out with others. */
export interface Combinable {
  /** Of the list. */
  readonly id: string;
  readonly to: readonly string[];
  readonly language: Monitor["language"];
  /** Rows of its CSV. */
  readonly rows: number;
  /** The claim with unknown outcome whose very message it repeats, if it does. */
  readonly repeats?: Pick<Sending, "run" | "with"> | undefined;
}

export interface Combined {
  /** Ids of the lists of each mail; of one list, where it stays alone. */
  readonly mails: readonly (readonly string[])[];
  /** Lists whose message is repeated in another mail than the one that people may have received. */
  readonly anew: ReadonlySet<string>;
}

/**
 * What may have been sent already is repeated as the same mail, under the same Message-ID, if all of its lists repeat it;
 * the others go together by recipients and language.
 */
export function combine(messages: readonly Combinable[]): Combined {
  const originals = Map.groupBy(messages, (one) => (one.repeats === undefined ? "" : originalKey(one, one.repeats)));
  const same: string[][] = [];
  const fresh: Combinable[] = [...(originals.get("") ?? [])];
  const anew = new Set<string>();
  for (const [key, all] of originals) {
    if (key === "") continue;
    const [first] = all;
    if (first !== undefined && all.length === listsOf(first, first.repeats).length) same.push(all.map(({ id }) => id));
    else
      for (const one of all) {
        fresh.push(one);
        anew.add(one.id);
      }
  }
  const groups = [...Map.groupBy(fresh, audience).values()].flatMap(portions);
  return { mails: [...same, ...groups], anew };
}

/** The same for the same people, whatever the order and case of their addresses, and the same language. */
export function audience({ to, language }: Pick<Combinable, "to" | "language">): string {
  return JSON.stringify([language, ...new Set(to.map((address) => address.toLowerCase()).sort(byCodeUnits))]);
}

function originalKey(one: Combinable, repeats: NonNullable<Combinable["repeats"]>): string {
  return JSON.stringify([repeats.run, audience(one), listsOf(one, repeats)]);
}

/** Every list of the mail that it was in. */
function listsOf({ id }: Combinable, repeats: Combinable["repeats"]): readonly string[] {
  return [id, ...(repeats?.with ?? [])].sort(byCodeUnits);
}

/** As few mails as their order allows, none of them too large. */
function portions(all: readonly Combinable[]): readonly (readonly string[])[] {
  const mails: string[][] = [];
  let rows = 0;
  for (const one of all) {
    const mail = mails.at(-1);
    if (mail === undefined || mail.length === MOST_LISTS || rows + one.rows > MOST_ROWS) {
      mails.push([one.id]);
      rows = one.rows;
    } else {
      mail.push(one.id);
      rows += one.rows;
    }
  }
  return mails;
}
