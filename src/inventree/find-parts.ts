import { field } from "../core/records.ts";
import type { Client } from "./client.ts";

/** A part as a search shows it. */
export interface PartFound {
  readonly pk: number;
  readonly name: string;
  /** "": it has none. */
  readonly ipn: string;
  /** In stock and not promised to anything; null: the server does not say, and what is in stock may be promised. */
  readonly free: number | null;
  readonly units: string;
}

/** The active parts that the server finds for these words, at most so many. Throws FailureError (kind inventree). */
export async function searchParts(client: Client, words: string, most: number): Promise<readonly PartFound[]> {
  const query = { search: words, active: true, limit: most, offset: 0, ordering: "name" };
  const answer = await client.get("/api/part/", query);
  const rows: unknown = field(answer, "results");
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown): PartFound[] => {
    const [pk, name] = [field(row, "pk"), field(row, "name")];
    if (typeof pk !== "number" || typeof name !== "string") return [];
    const [ipn, units] = [field(row, "IPN"), field(row, "units")];
    const free = field(row, "unallocated_stock");
    return [
      {
        pk,
        name,
        ipn: typeof ipn === "string" ? ipn : "",
        free: typeof free === "number" && Number.isFinite(free) ? free : null,
        units: typeof units === "string" ? units : "",
      },
    ];
  });
}
