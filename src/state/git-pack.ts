// New objects as a pack, so that one `git unpack-objects` writes all of a commit: blobs, trees, and itself.
// https://git-scm.com/docs/gitformat-pack
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

/** How a repository names its objects. */
export type ObjectFormat = "sha1" | "sha256";

export interface NewObject {
  readonly type: "blob" | "tree" | "commit";
  readonly bytes: Buffer;
}

const TYPES = { commit: 1, tree: 2, blob: 3 } as const satisfies Record<NewObject["type"], number>;

/** Length of an object's id says how it was made. */
export function formatOf(oid: string): ObjectFormat {
  return oid.length === 64 ? "sha256" : "sha1";
}

/** The id that git gives to an object. */
export function objectId({ type, bytes }: NewObject, format: ObjectFormat): string {
  return createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

/** A pack of these objects, each whole. */
export function packOf(objects: readonly NewObject[], format: ObjectFormat): Buffer {
  const header = Buffer.alloc(12);
  header.write("PACK");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const entries = objects.flatMap(({ type, bytes }) => [entryHeader(TYPES[type], bytes.length), deflateSync(bytes)]);
  const body = Buffer.concat([header, ...entries]);
  return Buffer.concat([body, createHash(format).update(body).digest()]);
}

/** Type and size: four bits of the size in the first byte, then seven in each, lowest first. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let current = (type << 4) | (size & 15);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(current | 128);
    current = rest & 127;
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, current]);
}
