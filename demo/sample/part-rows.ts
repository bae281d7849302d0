import type { CategoryRow, LocationRow, PartRow } from "../inventree/tables.ts";
import { type Keyed, keyed } from "./keyed.ts";
import type { PartSpec } from "./specs.ts";
import type { LocationSpec } from "./stock.ts";

/** All categories on the paths that parts name. */
export function categoryRows(specs: readonly PartSpec[]): Keyed<CategoryRow> {
  const paths = [...new Set(specs.flatMap(({ category }) => upTo(category)))].sort();
  const pks = new Map(paths.map((path, index) => [path, index + 1]));
  return keyed(paths, {
    key: (path) => path,
    row: (path, pk) => ({
      pk,
      name: lastOf(path),
      description: "",
      parent: pks.get(parentOf(path)) ?? null,
      structural: false,
    }),
  });
}

/** Locations; a parent comes before its children. */
export function locationRows(specs: readonly LocationSpec[]): Keyed<LocationRow> {
  const pks = new Map(specs.map(({ path }, index) => [path, index + 1]));
  return keyed(specs, {
    key: ({ path }) => path,
    row: ({ path, description, is = [] }, pk) => ({
      pk,
      name: lastOf(path),
      description,
      parent: pks.get(parentOf(path)) ?? null,
      structural: is.includes("structural"),
      external: is.includes("external"),
    }),
  });
}

/** Parts by key. */
export function partRows(specs: readonly PartSpec[], categories: Keyed<CategoryRow>): Keyed<PartRow> {
  const pks = new Map(specs.map(({ key }, index) => [key, index + 1]));
  const pkOf = (key: string | undefined) => (key === undefined ? null : (pks.get(key) ?? null));
  return keyed(specs, {
    key: ({ key }) => key,
    row: (spec, pk) => {
      const is = new Set(spec.is);
      return {
        pk,
        name: spec.name,
        IPN: spec.key.split("/")[0] ?? spec.key,
        revision: spec.revision ?? "",
        revision_of: pkOf(spec.revisionOf),
        description: spec.description,
        keywords: null,
        link: spec.link ?? "",
        units: spec.units ?? "",
        category: categories.row(spec.category).pk,
        variant_of: pkOf(spec.variantOf),
        active: !is.has("inactive"),
        assembly: is.has("assembly"),
        component: spec.category !== "Products",
        is_template: is.has("template"),
        purchaseable: is.has("bought"),
        salable: is.has("salable"),
        testable: false,
        trackable: is.has("trackable"),
        virtual: is.has("virtual"),
        consumable: is.has("consumable"),
        minimum_stock: spec.minimum ?? 0,
        pricing_min: spec.price?.[0] ?? null,
        pricing_max: spec.price?.[1] ?? null,
      };
    },
  });
}

function upTo(path: string): readonly string[] {
  const steps = path.split("/");
  return steps.map((_step, index) => steps.slice(0, index + 1).join("/"));
}

function parentOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function lastOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}
