import type { Format } from "../../core/view/format.ts";
import { aheadDe } from "./ahead-de.ts";
import { type AheadTexts, aheadEn } from "./ahead-en.ts";

export function aheadTextsFor(format: Format): AheadTexts {
  return format.language === "de" ? aheadDe(format) : aheadEn(format);
}
