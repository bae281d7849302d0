import type { Tables } from "../../demo/inventree/tables.ts";
import { CHIP, RESISTOR, smallProduct } from "./small-product.ts";

const company = { description: "", currency: "EUR", is_customer: false, is_manufacturer: false, is_supplier: true };
const offer = { MPN: null, description: null, active: true, available: 0, pack_quantity: "1", pack_quantity_native: 1 };

/** The small product with nothing in stock; chips are sold by Nord (company 5, part 7), resistors by Süd (6, 8). */
export function suppliedProduct(): Tables {
  return smallProduct({
    stockItems: [],
    companies: [
      { pk: 5, name: "Nord", active: true, ...company },
      { pk: 6, name: "Süd", active: true, ...company },
    ],
    supplierParts: [
      { pk: 7, part: CHIP, supplier: 5, SKU: "N-1", ...offer },
      { pk: 8, part: RESISTOR, supplier: 6, SKU: "S-1", ...offer },
    ],
    priceBreaks: [{ pk: 1, part: 7, quantity: 1, price: 2.5, price_currency: "EUR" }],
  });
}
