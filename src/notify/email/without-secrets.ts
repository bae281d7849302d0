import type { ContactedServer } from "./tokens.ts";

/** A text without the password and the tokens of the login, in whatever shape they were sent. */
export function withoutLoginSecrets(words: string, server: ContactedServer): string {
  const { username = "", password = "", tokens } = server;
  const shapes = [
    ...(password === "" ? [] : [...shapesOf(password), base64(`\0${username}\0${password}`)]),
    ...(tokens?.known() ?? []).flatMap((token) => [...shapesOf(token), xoauth2(username, token)]),
  ];
  return shapes.reduce((cleaned, shape) => cleaned.replaceAll(shape, "***"), words);
}

function shapesOf(secret: string): readonly string[] {
  return [secret, base64(secret), encodeURIComponent(secret)];
}

/** What logs in with a token: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol */
export function xoauth2(user: string, token: string): string {
  return base64(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`);
}

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
