import type { Format } from "../format.ts";
import type { Texts } from "./texts.ts";
import { de } from "./texts-de.ts";
import { en } from "./texts-en.ts";

/** The texts of the format's language. */
export function textsFor(format: Format): Texts {
  return format.language === "de" ? de(format) : en(format);
}
