import { plainText, webAddress } from "./plain-text.ts";
import type { Cell, ColumnPlan } from "./table.ts";
import type { Viewing } from "./viewing.ts";

interface Named {
  readonly pk: number;
  readonly name: string;
  readonly ipn: string | null;
  readonly version?: string | null;
  readonly link?: string | null;
}

/** The part's page in InvenTree (1.0 and later: `/web/part/<pk>/`). */
export function partHref({ links }: Viewing, pk: number): { readonly href?: string } {
  const base = webAddress(links?.inventree);
  return base === undefined ? {} : { href: `${base.replace(/\/+$/, "")}/web/part/${pk}/` };
}

/** A part's name with its page in InvenTree; below it IPN and version, and what else is said. */
export function partCell(viewing: Viewing, part: Named, remarks: readonly string[] = []): Cell {
  const version = part.version ?? null;
  const sub = [
    ...(part.ipn === null ? [] : [plainText(part.ipn)]),
    ...(version === null ? [] : [plainText(version)]),
    ...remarks,
  ];
  const own = webAddress(part.link);
  return {
    text: plainText(part.name),
    ...partHref(viewing, part.pk),
    ...(sub.length === 0 ? {} : { sub: sub.join(" · ") }),
    ...(own === undefined ? {} : { more: { text: viewing.texts.mail.partLink, href: own } }),
  };
}

/** A quantity in its unit. */
export function quantityCell({ format }: Viewing, of: { readonly value: number; readonly units?: string }): Cell {
  return { text: format.quantity(of.value, plainText(of.units ?? "")), value: of.value };
}

/** The columns that name a part; IPN and version stand below the name where there can be a second line. */
export function nameColumns<T extends Named>(
  viewing: Viewing,
  remarks: (row: T) => readonly string[] = () => [],
): ColumnPlan<T>[] {
  return [
    { id: "part", priority: 1, cell: (row) => partCell(viewing, row, remarks(row)) },
    { id: "ipn", priority: 3, merged: true, ifAny: true, cell: (row) => ({ text: plainText(row.ipn ?? "") }) },
    { id: "version", priority: 4, merged: true, ifAny: true, cell: (row) => ({ text: plainText(row.version ?? "") }) },
  ];
}
