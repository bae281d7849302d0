import cronstrue from "cronstrue";
import "cronstrue/locales/de.js";
import { cronOf } from "./cron.ts";

/** A valid cron in words, 24 hours: `At 07:10, Monday through Friday`. */
export function cronInWords(cron: string, language: "en" | "de"): string {
  return cronstrue.toString(cronOf(cron).text, { locale: language, use24HourTimeFormat: true });
}
