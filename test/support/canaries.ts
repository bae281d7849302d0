// Secrets that are known at sight, and every way in which they could be written down.
import { generateKeyPairSync } from "node:crypto";

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });

/** One for each variable that holds a secret; none of their words stands anywhere else. */
export const CANARIES = {
  INVENTREE_API_TOKEN: "inv-canary-9f2b71c4",
  INVENTREE_ORDER_TOKEN: "inv-canary-5e1f08a7",
  EMAIL_PASSWORD: "canary battery+staple/7d0e",
  EMAIL_DKIM_PRIVATE_KEY: KEY.toString(),
  GITHUB_TOKEN: "ghs_canary4f1d0b7a",
  BERLIN_TOKEN: "inv-canary-71c485a3",
  STOCK_KEY: "canary-signing-d0e8",
} as const;

/** The path of a webhook's address, which is a secret as a whole. */
export const HOOK_PATH = "/services/T0canary/B0/canary-x9y8z7";

const KEY_LINES = CANARIES.EMAIL_DKIM_PRIVATE_KEY.split("\n").filter((line) => /^[\w+/=]{20,}$/.test(line));
const WHOLE = [...Object.values(CANARIES).filter((value) => !value.includes("\n")), HOOK_PATH, "canary-x9y8z7"];

/** A secret as it is, and as headers, addresses, JSON, HTML and logins write it. */
function shapesOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  const logins = ["partwatch", "mailer", "x-access-token"].flatMap((name) => [
    `\0${name}\0${secret}`,
    `${name}:${secret}`,
  ]);
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll("/", "\\/"),
    secret.replaceAll("+", "&#43;").replaceAll("/", "&#x2F;"),
    bytes.toString("hex"),
    ...[bytes, ...logins.map((login) => Buffer.from(login, "utf8"))].flatMap((one) => [
      one.toString("base64").replace(/=+$/, ""),
      one.toString("base64url"),
    ]),
  ];
}

const SHAPES = [...WHOLE.flatMap(shapesOf), ...KEY_LINES, "canary"];

/** A place where people or programs read something, and what stands there. */
export type Surface = readonly [name: string, text: string];

/** `log at debug: inv-canary-…` for each canary that can be read anywhere; `others` are secrets as well. */
export function canariesIn(surfaces: readonly Surface[], others: readonly string[] = []): readonly string[] {
  const shapes = new Set([...SHAPES, ...others.flatMap(shapesOf)]);
  return surfaces.flatMap(([name, text]) =>
    [...shapes].flatMap((shape) => {
      const at = text.indexOf(shape);
      return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 60), at + shape.length + 20)}…`];
    }),
  );
}
