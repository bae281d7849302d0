import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import type { DkimCheckTarget } from "./deps.ts";

const AREA = "Mail";

/** Whether receivers can verify a mail's signature, and whether its domain is the sender's. */
export async function examineSigning(dkim: DkimCheckTarget): Promise<readonly Diagnosis[]> {
  const { domain, selector, sender } = dkim;
  const place = `${selector}._domainkey.${domain}`;
  return [...examineRecord(place, { domain, record: await dkim.find() }), ...examineAlignment(domain, sender)];
}

function examineRecord(
  place: string,
  { domain, record }: { readonly domain: string; readonly record: Awaited<ReturnType<DkimCheckTarget["find"]>> },
): readonly Diagnosis[] {
  switch (record.kind) {
    case "match":
      return [ok(AREA, `Mails are signed for ${domain}; the DNS has their key at ${place}.`)];
    case "missing": {
      const message = `Mails are signed for ${domain}, but the DNS has no key at ${place}: nobody can check the signature.`;
      return [broken({ area: AREA, message, fix: `Publish it: ${place}. TXT "${record.wanted}"` })];
    }
    case "other": {
      const message = `The key that the DNS has at ${place} does not belong to EMAIL_DKIM_PRIVATE_KEY: every signature is wrong.`;
      return [
        broken({
          area: AREA,
          message,
          fix: `Set the key that belongs to it, or publish the one that is set: ${place}. TXT "${record.wanted}"`,
        }),
      ];
    }
    case "unasked": {
      const message = `Mails are signed for ${domain}; the DNS could not be asked for ${place} (${record.why}).`;
      return [warning({ area: AREA, message, fix: `Compare by hand: it has to be "${record.wanted}".` })];
    }
    default:
      return record satisfies never;
  }
}

/** DMARC, relaxed: the same domain, or a subdomain of it. */
function examineAlignment(domain: string, sender: string): readonly Diagnosis[] {
  const own = sender.slice(sender.lastIndexOf("@") + 1).toLowerCase();
  const signed = domain.toLowerCase();
  if (own === signed || own.endsWith(`.${signed}`) || signed.endsWith(`.${own}`)) return [];
  const message = `Mails come from ${sender} and are signed for ${domain}: DMARC does not count that signature.`;
  return [warning({ area: AREA, message, fix: `Set EMAIL_DKIM_DOMAIN to ${own}, with a key of that domain.` })];
}
