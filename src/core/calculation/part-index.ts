import type { Part, Snapshot } from "./snapshot.ts";

/** What is looked up in a snapshot again and again: parts by IPN and name, variants below and templates above a part. */
export interface PartIndex {
  readonly inPkOrder: readonly Part[];
  readonly byIpn: ReadonlyMap<string, readonly Part[]>;
  readonly byName: ReadonlyMap<string, readonly Part[]>;
  /** All parts below a template, whatever the depth, by pk. */
  readonly variants: (pk: number) => readonly Part[];
  /** The templates above a variant, nearest first. */
  readonly templates: (part: Part) => readonly Part[];
}

// A snapshot is shared by all checks of a run and never changes; its index is made once.
const made = new WeakMap<Snapshot, PartIndex>();

export function partIndex(snapshot: Snapshot): PartIndex {
  const known = made.get(snapshot);
  if (known !== undefined) return known;
  const index = indexOf(snapshot);
  made.set(snapshot, index);
  return index;
}

/** The part of that pk. Throws if the snapshot does not contain it: then the reader has a bug. */
export function partOf(snapshot: Snapshot, pk: number): Part {
  const part = snapshot.parts.get(pk);
  if (part === undefined) throw new Error(`The snapshot lacks part ${pk}`);
  return part;
}

function indexOf(snapshot: Snapshot): PartIndex {
  const parts = [...snapshot.parts.values()].sort((a, b) => a.pk - b.pk);
  const byIpn = new Map<string, Part[]>();
  const byName = new Map<string, Part[]>();
  const children = new Map<number, Part[]>();
  for (const part of parts) {
    if (part.ipn !== null && part.ipn !== "") listAt(byIpn, part.ipn).push(part);
    listAt(byName, part.name).push(part);
    if (part.variantOf !== null) listAt(children, part.variantOf).push(part);
  }
  const below = new Map<number, readonly Part[]>();
  return {
    inPkOrder: parts,
    byIpn,
    byName,
    templates: (part) => templatesAbove(snapshot, part),
    variants: (pk) => {
      if (!children.has(pk)) return [];
      const known = below.get(pk);
      if (known !== undefined) return known;
      const found = descendants(children, pk);
      below.set(pk, found);
      return found;
    },
  };
}

function descendants(children: ReadonlyMap<number, readonly Part[]>, pk: number): readonly Part[] {
  const found = new Map<number, Part>();
  const open = [pk];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const child of children.get(at) ?? []) {
      if (child.pk === pk || found.has(child.pk)) continue;
      found.set(child.pk, child);
      open.push(child.pk);
    }
  }
  return [...found.values()].sort((a, b) => a.pk - b.pk);
}

function templatesAbove(snapshot: Snapshot, part: Part): readonly Part[] {
  const found: Part[] = [];
  const seen = new Set([part.pk]);
  for (let above = part.variantOf; above !== null && !seen.has(above); ) {
    const template = snapshot.parts.get(above);
    if (template === undefined) break;
    seen.add(above);
    found.push(template);
    above = template.variantOf;
  }
  return found;
}

function listAt<Key>(lists: Map<Key, Part[]>, key: Key): Part[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list: Part[] = [];
  lists.set(key, list);
  return list;
}
