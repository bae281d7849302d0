import { distance } from "fastest-levenshtein";
import { own } from "../core/records.ts";
import { nearest } from "../core/text/suggestion.ts";

/** What people write instead of a field, by field; if several have the word, the most similar one is meant. */
const OTHER_WORDS: Readonly<Record<string, readonly string[]>> = {
  cron_schedule: ["schedule", "cron", "crontab", "when", "time", "interval", "zeitplan"],
  quantity: ["qty", "amount", "count", "number", "need", "needed", "pcs", "menge", "anzahl", "stück", "stueck", "stk"],
  minimum: ["min", "threshold", "minimum_stock", "min_stock", "at_least", "below", "quantity", "qty", "mindestbestand"],
  part: ["name", "ipn", "pk", "part_name", "component", "teil"],
  name: ["part", "title", "part_name", "partname", "component", "item", "label", "teil", "bezeichnung"],
  ipn: ["part_number", "partnumber", "part_no", "pn", "number", "sku", "mpn", "artikelnummer"],
  pk: ["id", "part_id", "partid"],
  version: ["revision", "rev"],
  recipients: ["emails", "email", "mail", "mails", "to", "receivers", "addresses", "empfänger", "notify"],
  parts: ["part", "items", "components", "bom", "list", "entries", "teile"],
  lists: ["plan", "plans", "members", "monitors", "pool", "pooled", "listen"],
  watch: ["thresholds", "minimums", "watchlist"],
  timezone: ["tz", "zone", "zeitzone"],
  language: ["lang", "locale", "sprache"],
  active: ["enabled", "enable", "aktiv"],
  description: ["desc", "note", "notes", "comment", "remark", "beschreibung"],
  notify_condition: ["condition", "notify_on", "notify", "trigger"],
  needed_by: ["due", "due_date", "by", "date", "deadline", "needed", "bis", "termin"],
  until: ["end", "ends", "date", "to", "bis"],
  reason: ["why", "because", "comment", "note", "grund"],
  remind_after: ["remind", "reminder", "remind_every"],
  url_env: ["url", "webhook_url", "address"],
  silences: ["silence", "mute", "muted", "snooze", "snoozed"],
  channels: ["channel", "notifications"],
  allowed_recipients: ["allowed_domains", "allowed"],
};

/** The field that was meant by an unknown word. */
export function meantField(word: string, known: readonly string[]): string | undefined {
  const bare = word.replace(/^[“”„"'‘’]+|[“”"'‘’]+$/g, "");
  const wanted = bare.toLowerCase().replace(/[\s-]+/g, "_");
  const same = known.find((field) => field.replaceAll("_", "") === wanted.replaceAll("_", ""));
  if (same !== undefined) return same;
  const [byWord] = known
    .filter((field) => own(OTHER_WORDS, field)?.includes(wanted) === true)
    .toSorted((a, b) => distance(a, wanted) - distance(b, wanted));
  return (
    byWord ?? nearest(bare, known) ?? known.find((field) => wanted.length > 3 && field.split("_").includes(wanted))
  );
}
