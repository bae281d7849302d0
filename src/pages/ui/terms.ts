// What the pages of the local UI say beside those of the dashboard. Both languages have the same keys.
import type { Language } from "../../core/view/format.ts";
import { termsDe } from "./terms-de.ts";
import { type Terms, termsEn } from "./terms-en.ts";

export type { Terms } from "./terms-en.ts";

export function termsFor(language: Language): Terms {
  return language === "de" ? termsDe : termsEn;
}
