import { createPublicKey } from "node:crypto";
import { Resolver } from "node:dns/promises";
import { field } from "../../core/records.ts";
import type { MailDkim } from "../../core/settings/mail-dkim.ts";

/** What the DNS says of the key that mails are signed with. `wanted`: the record as it has to be. */
export type DkimRecord =
  | { readonly kind: "match" }
  | { readonly kind: "missing" | "other"; readonly wanted: string }
  | { readonly kind: "unasked"; readonly why: string; readonly wanted: string };

/** Asks for the TXT records of a name; rejects as node:dns does. */
export type ResolveTxt = (name: string) => Promise<readonly (readonly string[])[]>;

/** The machine's own name servers. */
export function resolver(): ResolveTxt {
  const dns = new Resolver({ timeout: 3_000, tries: 2 });
  return (name) => dns.resolveTxt(name);
}

/** Compares the public key in the DNS with the private one. */
export async function dkimRecord({ domain, selector, privateKey }: MailDkim, resolve: ResolveTxt): Promise<DkimRecord> {
  const key = createPublicKey(privateKey);
  const own = (["spki", "pkcs1"] as const).map((type) => key.export({ type, format: "der" }).toString("base64"));
  const wanted = `v=DKIM1; k=rsa; p=${own[0]}`;
  try {
    const records = await resolve(`${selector}._domainkey.${domain}`);
    const keys = records.flatMap((pieces) => publishedKey(pieces.join("")));
    if (keys.length === 0) return { kind: "missing", wanted };
    return keys.some((one) => own.includes(one)) ? { kind: "match" } : { kind: "other", wanted };
  } catch (error) {
    const code = field(error, "code");
    if (code === "ENOTFOUND" || code === "ENODATA") return { kind: "missing", wanted };
    return { kind: "unasked", why: typeof code === "string" ? code : "no answer", wanted };
  }
}

/** RFC 6376, 3.6.1; an empty p is a key that was withdrawn. */
function publishedKey(record: string): readonly string[] {
  const value = /(?:^|;)\s*p\s*=([^;]*)/.exec(record)?.[1]?.replace(/\s+/g, "");
  return value === undefined ? [] : [value];
}
