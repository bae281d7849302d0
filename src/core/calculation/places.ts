import type { Place } from "./snapshot.ts";

/** The locations or categories that a reference names: by pk, or all of that name or path; by pk. */
export function findPlaces(reference: number | string, places: ReadonlyMap<number, Place>): readonly Place[] {
  if (typeof reference === "number") {
    const place = places.get(reference);
    return place === undefined ? [] : [place];
  }
  return [...places.values()]
    .filter((place) => place.path === reference || place.name === reference)
    .sort((a, b) => a.pk - b.pk);
}

/** The pks of these places and of all that lies in them. */
export function withChildren(roots: readonly Place[], places: ReadonlyMap<number, Place>): ReadonlySet<number> {
  const children = new Map<number, number[]>();
  for (const place of places.values()) {
    if (place.parent === null) continue;
    const siblings = children.get(place.parent);
    if (siblings === undefined) children.set(place.parent, [place.pk]);
    else siblings.push(place.pk);
  }
  const found = new Set<number>();
  const open = roots.map((place) => place.pk);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(children.get(at) ?? []));
  }
  return found;
}
