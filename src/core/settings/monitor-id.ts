import { own } from "../records.ts";

const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The state branch uses these names itself. */
const RESERVED = ["system", "runs", "schema_version"];
const LETTERS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", å: "aa" };

/** What is wrong with a monitor's id; undefined if nothing is. */
export function idProblem(id: string): string | undefined {
  if (RESERVED.includes(id.toLowerCase())) return "is a name that the state branch uses itself; choose another.";
  if (ID.test(id) || UUID.test(id)) return undefined;
  return "is not a valid id; use lowercase letters, digits, dot, dash and underscore, at most 64, or a UUID.";
}

/** An id made of any text: small letters, `ä` as `ae`, a dash for what is neither letter nor digit. */
export function idFrom(text: string): string {
  const plain = Array.from(text.toLowerCase().normalize("NFC"), (letter) => own(LETTERS, letter) ?? letter)
    .join("")
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "");
  const id = plain
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^[^a-z0-9]+/, "")
    .slice(0, 64)
    .replace(/[^a-z0-9]+$/, "");
  if (id === "") return "monitor";
  return RESERVED.includes(id) ? `${id}-monitor` : id;
}

/** The file name for a monitor of that name: `Gehäuse, klein` becomes `gehaeuse-klein.yaml`. */
export function fileNameFor(name: string): string {
  return `${idFrom(name)}.yaml`;
}
