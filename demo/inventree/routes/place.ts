import type { JsonObject } from "../json.ts";
import { listed, ordered, single } from "../paging.ts";
import type { Place } from "../places.ts";
import type { RequestContext, Route } from "../route.ts";
import type { CategoryRow, LocationRow } from "../tables.ts";
import type { Database } from "../warehouse.ts";

export const PLACE_ROUTES: readonly Route[] = [
  {
    path: "stock/location/",
    areas: ["stock_location"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: placesMatching(asked, asked.warehouse.locations),
        render: (place) => ({ ...locationRow(asked.warehouse, place.place), ...pathDetail(asked, place.place) }),
      }),
  },
  {
    path: "stock/location/:pk/",
    areas: ["stock_location"],
    answer: ({ warehouse }, pk) => locationRow(warehouse, single(warehouse.locations, pk, "StockLocation")),
  },
  {
    path: "part/category/",
    areas: ["part_category"],
    creates: true,
    answer: (asked) =>
      listed(asked, {
        rows: placesMatching(asked, asked.warehouse.categories),
        render: ({ place }) => ({
          ...categoryRow(place),
          part_count: asked.warehouse.tables.parts.filter((part) => place.tree.includes(part.category ?? -1)).length,
          subcategories: place.tree.length - 1,
          ...pathDetail(asked, place),
        }),
      }),
  },
  {
    path: "part/category/:pk/",
    areas: ["part_category"],
    answer: ({ warehouse }, pk) => categoryRow(single(warehouse.categories, pk, "PartCategory")),
  },
];

/** A location with the number of stock items in it and below. */
export function locationRow(warehouse: Database, place: Place<LocationRow>): JsonObject {
  const { row } = place;
  const tree = new Set(place.tree);
  return {
    barcode_hash: "",
    owner: null,
    icon: "",
    custom_icon: "",
    location_type: null,
    location_type_detail: null,
    ...row.more,
    pk: row.pk,
    name: row.name,
    description: row.description,
    parent: row.parent,
    structural: row.structural,
    external: row.external,
    level: place.level,
    pathstring: place.pathstring,
    items: warehouse.tables.stockItems.filter((item) => item.location !== null && tree.has(item.location)).length,
    sublocations: place.tree.length - 1,
  };
}

/** A category as it stands in `category_detail`: without its counts. */
export function categoryRow(place: Place<CategoryRow>): JsonObject {
  const { row } = place;
  return {
    default_location: null,
    default_keywords: null,
    starred: false,
    icon: "",
    parent_default_location: null,
    ...row.more,
    pk: row.pk,
    name: row.name,
    description: row.description,
    parent: row.parent,
    structural: row.structural,
    level: place.level,
    pathstring: place.pathstring,
    part_count: null,
    subcategories: null,
  };
}

type AnyRow = LocationRow | CategoryRow;

interface Listed<Row extends AnyRow> {
  readonly pk: number;
  readonly place: Place<Row>;
}

function placesMatching<Row extends AnyRow>(
  { query }: RequestContext,
  places: ReadonlyMap<number, Place<Row>>,
): readonly Listed<Row>[] {
  const name = query.text("name");
  const parent = query.row("parent", places);
  const deep = query.wants("cascade");
  const topOnly = query.filter("top_level");
  const words = query.text("search")?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  const below = new Set(parent === undefined ? [] : (places.get(parent)?.tree ?? []));
  const found = [...places.values()].filter((place) => {
    const { row } = place;
    if (name !== undefined && row.name !== name) return false;
    if (topOnly !== undefined && (row.parent === null) !== topOnly) return false;
    if (parent !== undefined && !(deep ? row.pk !== parent && below.has(row.pk) : row.parent === parent)) return false;
    const texts = [place.pathstring, row.description].map((text) => text.toLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
  return ordered(
    found.map((place) => ({ pk: place.row.pk, place })),
    query,
    {
      name: ({ place }) => place.row.name,
      pathstring: ({ place }) => place.pathstring,
      level: ({ place }) => place.level,
    },
  );
}

function pathDetail({ query }: RequestContext, place: Place<AnyRow>): JsonObject {
  if (!query.wants("path_detail")) return {};
  return { path: place.path.map((step) => ({ pk: step.pk, name: step.name })) };
}
