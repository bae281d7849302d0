import { join } from "node:path";
import { fileNameFor } from "../../core/settings/monitor-id.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { isThere, textIfThere } from "../../system/files.ts";

/** A list that needs a file. */
export interface ListToPlace {
  readonly name: string;
  /** The id that the list already has. */
  readonly own: string | undefined;
  readonly text: string;
}

export interface Placed {
  readonly outcome: "imported" | "kept" | "refused";
  readonly id: string;
  readonly file: string;
  /** Why it was refused, and the list's field that is the reason. */
  readonly refusal?: { readonly message: string; readonly path: readonly string[] };
}

interface Placing {
  readonly root: string;
  readonly before: Pick<MonitorsRead, "monitors" | "broken">;
  /** The lists before this one, with their files. */
  readonly planned: readonly (ListToPlace & Placed)[];
}

/**
 * Chooses the file of a list: never one that exists, and never the same twice. A list that is in the repository already is
 * kept: recognized by its id, or else by its exact text.
 */
export async function placeFor(wanted: ListToPlace, placing: Placing): Promise<Placed> {
  const { own } = wanted;
  return own === undefined ? await byName(wanted, placing) : byId({ ...wanted, own }, placing);
}

function byId({ own, name, text }: ListToPlace & { readonly own: string }, { before, planned }: Placing): Placed {
  const isSame = (id: string | undefined) => id?.toLowerCase() === own.toLowerCase();
  const twin = planned.find((one) => isSame(one.own));
  if (twin !== undefined && twin.text !== text) {
    // Two lists with one id would share one file and one state.
    const message = `"${own}" is also the id of ${JSON.stringify(twin.name)}; give one of them another.`;
    return { outcome: "refused", id: own, file: twin.file, refusal: { message, path: ["id"] } };
  }
  const there = twin ?? [...before.monitors, ...before.broken].find(({ id }) => isSame(id));
  if (there !== undefined) return { outcome: "kept", id: own, file: there.file };
  const taken = filesOf({ before, planned });
  const file = names(name).find((candidate) => !taken.has(candidate)) ?? "";
  return { outcome: "imported", id: own, file };
}

async function byName({ name, text }: ListToPlace, { root, before, planned }: Placing): Promise<Placed> {
  const ids = new Set([...before.monitors, ...before.broken, ...planned].flatMap(({ id }) => id?.toLowerCase() ?? []));
  const taken = filesOf({ before, planned });
  const ours = new Set(planned.map((one) => one.file));
  for (const [index, file] of names(name).entries()) {
    const id = stemOf(file);
    if (ours.has(file)) continue;
    const there = await textAt(join(root, file));
    if (there === text) return { outcome: "kept", id, file };
    if (there !== undefined && index === 0) {
      const message = `${file} is there already and stays as it is; choose another name, or move it away.`;
      return { outcome: "refused", id, file, refusal: { message, path: ["name"] } };
    }
    if (there === undefined && !taken.has(file) && !ids.has(id)) return { outcome: "imported", id, file };
  }
  throw new Error(`Every name like ${name} is taken.`);
}

function filesOf({ before, planned }: Pick<Placing, "before" | "planned">): ReadonlySet<string> {
  return new Set([...before.monitors, ...before.broken, ...planned].map(({ file }) => file.toLowerCase()));
}

/** `monitors/a.yaml`, `monitors/a-2.yaml` and so on. */
function names(name: string): readonly string[] {
  const first = `monitors/${fileNameFor(name)}`;
  const more = Array.from({ length: MOST }, (_, index) => first.replace(/\.yaml$/, `-${index + 2}.yaml`));
  return [first, ...more];
}

/** More lists of one name than anybody has. */
const MOST = 10_000;

function stemOf(file: string): string {
  return file.replace(/^monitors\//, "").replace(/\.yaml$/, "");
}

/** The text of that file, empty if it is not a regular file; undefined: there is none. */
async function textAt(path: string): Promise<string | undefined> {
  if (!(await isThere(path))) return undefined;
  return (await textIfThere(path).catch(() => undefined)) ?? "";
}
