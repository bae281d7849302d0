import type { Frame } from "../../pages/frame.ts";
import { documentOf, type PageContent, type Site } from "../../pages/shell.ts";

/** A page larger than this is made again with fewer rows. */
const LARGEST_PAGE = 195_000;

/** The page with as many rows as fit. */
export async function fitting(
  make: (rows: number | undefined) => PageContent,
  { frame, site }: { readonly frame: Frame; readonly site: Site },
): Promise<string> {
  let text = await documentOf(make(undefined), frame, site);
  for (let rows = 100; Buffer.byteLength(text) > LARGEST_PAGE && rows >= 12; rows = Math.floor(rows / 2))
    text = await documentOf(make(rows), frame, site);
  return text;
}
