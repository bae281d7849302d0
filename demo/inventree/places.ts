import { compareValues } from "./json.ts";

interface PlaceRow {
  readonly pk: number;
  readonly name: string;
  readonly parent: number | null;
}

/** A location or category where it stands in its tree. */
export interface Place<Row extends PlaceRow> {
  readonly row: Row;
  /** 0 at the top. */
  readonly level: number;
  /** `Workshop/Shelf A`. */
  readonly pathstring: string;
  /** From the top to the place itself. */
  readonly path: readonly Row[];
  /** The place itself and all below it. */
  readonly tree: readonly number[];
}

/** Places by pk, in the order of their paths. */
export function placesOf<Row extends PlaceRow>(rows: readonly Row[]): ReadonlyMap<number, Place<Row>> {
  const byPk = new Map(rows.map((row) => [row.pk, row]));
  const paths = new Map(rows.map((row) => [row.pk, pathTo(byPk, row)]));
  const trees = new Map<number, number[]>(rows.map((row) => [row.pk, []]));
  for (const [pk, path] of paths) for (const step of path) trees.get(step.pk)?.push(pk);
  const places = rows.map((row): Place<Row> => {
    const path = paths.get(row.pk) ?? [row];
    return {
      row,
      path,
      level: path.length - 1,
      pathstring: path.map((step) => step.name).join("/"),
      tree: trees.get(row.pk) ?? [row.pk],
    };
  });
  places.sort((a, b) => compareValues(a.pathstring, b.pathstring) || a.row.pk - b.row.pk);
  return new Map(places.map((place) => [place.row.pk, place]));
}

function pathTo<Row extends PlaceRow>(rows: ReadonlyMap<number, Row>, row: Row): readonly Row[] {
  const path = [row];
  for (let parent = row.parent; parent !== null; ) {
    const above = rows.get(parent);
    if (!above || path.includes(above)) break;
    path.unshift(above);
    parent = above.parent;
  }
  return path;
}
