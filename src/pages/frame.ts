import { type Format, formatFor, type Language } from "../core/view/format.ts";
import { type Dates, datesFor } from "./dates.ts";
import { de } from "./texts/de.ts";
import { en, type PageTexts } from "./texts/en.ts";
import { orderDe } from "./texts/order-de.ts";
import { type OrderTexts, orderEn } from "./texts/order-en.ts";
import type { PageName } from "./texts/texts.ts";

/** What every page needs to say anything: language, zone, and where the other pages are. */
export interface Frame {
  readonly language: Language;
  readonly format: Format;
  readonly dates: Dates;
  readonly texts: PageTexts;
  /** About orders, and what is to order. */
  readonly orders: OrderTexts;
  readonly to: Addresses;
}

/** Where things are, as seen from the page. */
export interface Addresses {
  readonly page: (name: PageName) => string;
  /** undefined: it has no page. */
  readonly list: (id: string) => string | undefined;
  readonly part: (instance: string, pk: number) => string | undefined;
  /** Style sheet, script, and other files beside the pages. */
  readonly file: (name: string) => string;
}

/** Throws a RangeError if the zone does not exist. */
export function frameFor(reader: {
  readonly language: Language;
  readonly timezone: string;
  readonly to: Addresses;
}): Frame {
  const format = formatFor(reader);
  return {
    language: reader.language,
    format,
    dates: datesFor(reader),
    texts: reader.language === "de" ? de(format) : en(format),
    orders: reader.language === "de" ? orderDe(format) : orderEn(format),
    to: reader.to,
  };
}
