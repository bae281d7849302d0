import { plainLetters } from "../core/text/letter-forms.ts";
import type { Listing } from "./plan.ts";

/** Web servers refuse request lines beyond 4,094 bytes (gunicorn's default); the address and other parameters need some. */
const LONGEST_PATTERN_BYTES = 3_000;

/**
 * Listings that find parts by name or IPN, as many at once as an address can bear. They find upper and lower case and
 * surrounding white space alike, so that a near match can be suggested: who uses the rows compares them exactly.
 */
export function lookups(field: "name" | "IPN", words: ReadonlySet<string>): readonly Listing[] {
  return patterns(words).map((pattern) => ({ path: "/api/part/", query: { [`${field}_regex`]: pattern } }));
}

function patterns(words: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const alternative of alternatives(words)) {
    const more = encodeURIComponent(alternative).length + 3; // the bar between them, percent-encoded
    if (bytes + more > LONGEST_PATTERN_BYTES && batch.length > 0) {
      found.push(whole(batch));
      batch = [];
      bytes = 0;
    }
    batch.push(alternative);
    bytes += more;
  }
  return batch.length === 0 ? found : [...found, whole(batch)];
}

function whole(alternatives: readonly string[]): string {
  return `^\\s*(${alternatives.join("|")})\\s*$`;
}

/** White space around a word may be of a kind that the database does not know as such: then the word also as it is. */
function alternatives(words: ReadonlySet<string>): readonly string[] {
  const forms = [...words].flatMap((word) => [word.trim(), word, ...plainForms(word)]).filter((form) => form !== "");
  return [...new Set(forms)].sort().map(literally);
}

/** A word without blanks and letters of other forms, which only look the same, so that the part that was meant is found. */
function plainForms(word: string): readonly string[] {
  const plain = plainLetters(word);
  return [...new Set([plain, plain.normalize("NFD")])].filter((form) => form !== word.trim());
}

/**
 * The text itself as an expression of any database that InvenTree runs on: a backslash before ASCII punctuation makes it
 * literal in Python (SQLite), PostgreSQL, ICU (MySQL) and PCRE (MariaDB) alike; letters, digits and blanks stand for
 * themselves everywhere.
 */
function literally(text: string): string {
  return text.replace(/[!-/:-@[-^`{-~]/g, "\\$&");
}
