// Logging in at a mail server. Only what the server offers in its greeting is used: no secret goes to one that has not asked
// for it.
import { createHmac } from "node:crypto";
import type {
  SMTPConnectionCustomAuthContext as LoginContext,
  SMTPConnectionCustomAuthResponse as LoginReply,
} from "nodemailer/lib/smtp-connection";

import type { Tokens } from "./tokens.ts";
import { base64, xoauth2 } from "./without-secrets.ts";

/** The name under which nodemailer knows this way to log in. */
export const LOGIN_METHOD = "PARTWATCH";

/** Thrown before anything was sent: the server offers nothing that could be used. */
export class NotOffered extends Error {
  override readonly name = "NotOffered";
}

/** Logs in with a password, by the first of these that the server offers. Rejects where it offers none of them, or refuses. */
export async function logIn(context: LoginContext): Promise<void> {
  const { authMethods } = context;
  const [method] = METHODS.filter(([name]) => authMethods.includes(name));
  if (method === undefined) throw new NotOffered(authMethods.join(", "));
  const [, run] = method;
  const reply = await run(context);
  if (reply.status !== 235) throw new Error("the login was refused");
}

/**
 * Logs in with a token of OAuth2. Rejects where the server does not offer XOAUTH2, before any token is asked for; where there
 * is no token; and where one that has just been made is refused, too.
 */
export async function logInWith(context: LoginContext, tokens: Tokens): Promise<void> {
  const { authMethods } = context;
  if (!authMethods.includes("XOAUTH2")) throw new NotOffered(authMethods.join(", "));
  const { token, isFresh } = await tokens.get();
  const reply = await byToken(context, token);
  if (reply.status === 235) return;
  // It may have been withdrawn since it was made.
  const second = reply.status === 535 && !isFresh ? await byToken(context, await tokens.renew()) : reply;
  if (second.status !== 235) throw new Error("the login was refused");
}

async function byToken({ auth, sendCommand }: LoginContext, token: string): Promise<LoginReply> {
  const reply = await sendCommand(`AUTH XOAUTH2 ${xoauth2(auth.credentials.user, token)}`);
  // What is wrong comes first; the refusal itself only after an empty line.
  return reply.status === 334 ? sendCommand("") : reply;
}

type Method = (context: LoginContext) => Promise<LoginReply>;

const METHODS: readonly (readonly [string, Method])[] = [
  ["PLAIN", byPlain],
  ["LOGIN", byLogin],
  ["CRAM-MD5", byChallenge],
];

function byPlain({ auth, sendCommand }: LoginContext): Promise<LoginReply> {
  const { user, pass } = auth.credentials;
  return sendCommand(`AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`);
}

async function byLogin({ auth, sendCommand }: LoginContext): Promise<LoginReply> {
  const asked = await sendCommand("AUTH LOGIN");
  if (asked.status !== 334) return asked;
  const known = await sendCommand(base64(auth.credentials.user));
  return known.status === 334 ? sendCommand(base64(auth.credentials.pass)) : known;
}

/** RFC 2195. */
async function byChallenge({ auth, sendCommand }: LoginContext): Promise<LoginReply> {
  const asked = await sendCommand("AUTH CRAM-MD5");
  if (asked.status !== 334) return asked;
  const challenge = Buffer.from(asked.text.trim(), "base64");
  const proof = createHmac("md5", auth.credentials.pass).update(challenge).digest("hex");
  return sendCommand(base64(`${auth.credentials.user} ${proof}`));
}
