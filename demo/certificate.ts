import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

export interface Certificate {
  /** PEM. */
  readonly key: string;
  /** PEM; signed by itself, so only who is given it as `ca` trusts it. */
  readonly cert: string;
}

/**
 * A certificate for 127.0.0.1 and localhost, valid from a day before `now` for a month. Written out by hand (RFC 5280),
 * because neither Node nor npm alone can make one and OpenSSL's program is not everywhere.
 */
export function selfSigned(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(OID.commonName, element(0x0c, Buffer.from("localhost")))));
  const validity = sequence(time(now, -1), time(now, 30));
  const signed = sequence(
    element(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sequence(OID.ecdsaWithSha256),
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, sequence(isAuthority(), alternativeNames())),
  );
  const signature = sign("sha256", signed, privateKey);
  const der = sequence(signed, sequence(OID.ecdsaWithSha256), bits(signature));
  const lines = der.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

const OID = {
  commonName: Buffer.from([0x06, 3, 0x55, 0x04, 0x03]),
  basicConstraints: Buffer.from([0x06, 3, 0x55, 0x1d, 0x13]),
  subjectAltName: Buffer.from([0x06, 3, 0x55, 0x1d, 0x11]),
  ecdsaWithSha256: Buffer.from([0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]),
};

function isAuthority(): Buffer {
  const yes = element(0x01, Buffer.from([0xff]));
  return sequence(OID.basicConstraints, yes, element(0x04, sequence(yes)));
}

function alternativeNames(): Buffer {
  const address = element(0x87, Buffer.from([127, 0, 0, 1]));
  const host = element(0x82, Buffer.from("localhost"));
  return sequence(OID.subjectAltName, element(0x04, sequence(address, host)));
}

const DAY_MS = 86_400_000;

function time(now: Date, days: number): Buffer {
  const [date = ""] = new Date(now.getTime() + days * DAY_MS).toISOString().split(".");
  return element(0x18, Buffer.from(`${date.replace(/[-:T]/g, "")}Z`));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function set(content: Buffer): Buffer {
  return element(0x31, content);
}

function integer(content: Buffer): Buffer {
  return element(0x02, content);
}

function bits(content: Buffer): Buffer {
  return element(0x03, Buffer.concat([Buffer.from([0]), content]));
}

/** Tag, length, content (DER). */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
