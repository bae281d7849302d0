import { createPrivateKey } from "node:crypto";

/** A private RSA key as PEM, or what is wrong with it. No message contains any of it. */
export type PrivateKey =
  | { readonly kind: "key"; readonly pem: string }
  | { readonly kind: "wrong"; readonly message: string };

/**
 * Reads a key as people paste it: with line breaks, with `\n` written out as it stands in a JSON file, with spaces for both, or
 * in quotes.
 */
export function readPrivateKey(text: string): PrivateKey {
  if (/^\s*\{/.test(text))
    return wrong("is a whole JSON file; set what stands behind private_key in it, from -----BEGIN to -----END.");
  const lines = text.replace(/\\r|\r/g, "").replaceAll("\\n", "\n");
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(lines)) return wrong("is the public key; set the private one.");
  const [, label, body] = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----([\s\S]*?)-----END \1-----/.exec(lines) ?? [];
  if (label === undefined || body === undefined)
    return wrong("is not a private key; set all of it, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.");
  if (label.startsWith("ENCRYPTED") || /Proc-Type/.test(body))
    return wrong("has a passphrase; set the key without one.");
  const rows = body.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN ${label}-----\n${rows.join("\n")}\n-----END ${label}-----\n`;
  return checked(pem);
}

function checked(pem: string): PrivateKey {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType !== "rsa")
      return wrong(`is a key of kind ${asymmetricKeyType ?? "unknown"}; an RSA key is needed.`);
    // RFC 8301: verifiers reject signatures of shorter keys.
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits >= 1024 ? { kind: "key", pem } : wrong(`has ${bits} bits; make one of 2048.`);
  } catch {
    return wrong("cannot be read as a private key; copy it again, all of it.");
  }
}

function wrong(message: string): PrivateKey {
  return { kind: "wrong", message };
}
