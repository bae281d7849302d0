import type { Problem } from "../problem.ts";
import { defined } from "../records.ts";
import { addressProblem } from "./address.ts";
import { DEFAULT_INSTANCE, type Instance } from "./instances.ts";
import { type MailServer, type MailWishes, mailServerFrom } from "./mail-settings.ts";
import { nearVariable, readBoolean, type Variables, variable } from "./variables.ts";

/** Servers and secrets: the environment's variables, read once. */
export interface Settings {
  /** Absent if it is missing or wrong, or if all mail is switched off. */
  readonly mail?: Omit<MailServer, "senderName">;
  /** Who is notified of incidents; may be nobody. */
  readonly admins: readonly string[];
  /** false: no mail of any kind. */
  readonly mailEnabled: boolean;
  /** What is missing or wrong about mail: why mails cannot be sent. */
  readonly problems: readonly Problem[];
}

/** An InvenTree server with address and token. */
export interface ServerSettings {
  readonly url: string;
  readonly token: string;
}

/** Reads the settings of mail under their fixed names. Never throws; no message holds a secret. */
export function readSettings(variables: Variables, wishes: MailWishes = NO_WISHES): Settings {
  const enabled = readBoolean(variables, "GLOBAL_EMAIL_NOTIFICATIONS_ENABLED");
  const mailEnabled = enabled.value ?? true;
  const mail = mailEnabled ? mailServerFrom(variables, wishes) : { problems: [] };
  const admins = mailEnabled ? readAdmins(variables) : { value: [], problems: [] };
  return {
    ...defined({ mail: mail.value }),
    admins: admins.value,
    mailEnabled,
    problems: [...enabled.problems, ...mail.problems, ...admins.problems],
  };
}

const NO_WISHES: MailWishes = { oauth: false, dkim: false };

/** Address and token of a server from its variables, or all that is missing or wrong with them. Never throws. */
export function serverSettings(
  variables: Variables,
  { label, urlEnv, tokenEnv }: Instance,
): { readonly value?: ServerSettings; readonly problems: readonly Problem[] } {
  const url = variable(variables, urlEnv);
  const token = variable(variables, tokenEnv);
  const of = label === DEFAULT_INSTANCE.label ? "" : ` (instance ${label} in partwatch.yaml)`;
  const hintOf = (name: string) => (variable(variables, name) === undefined ? nearVariable(variables, name) : "");
  const wrong = [
    [urlEnv, urlProblem(url, tokenEnv)],
    [tokenEnv, tokenProblem(token)],
  ] as const;
  const problems = wrong.flatMap(([path, message]) =>
    message === undefined ? [] : [{ path, message: message.replace(/\.$/, `${of}${hintOf(path)}.`) }],
  );
  return url === undefined || token === undefined || problems.length > 0
    ? { problems }
    : { value: { url, token }, problems };
}

function urlProblem(url: string | undefined, tokenEnv: string): string | undefined {
  if (url === undefined) return "is not set; it is the address of your server, as in https://inventree.example.com.";
  const example = "write it as https://inventree.example.com.";
  if (!URL.canParse(url) || /\s/.test(url)) return `is not a valid address; ${example}`;
  const { protocol, username, password, search, hash } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return `must begin with https:// or http://; ${example}`;
  if (username !== "" || password !== "")
    return `has a name or password in it; leave them out, ${tokenEnv} is what is used.`;
  return search === "" && hash === "" ? undefined : "has something behind ? or #; write the server's address alone.";
}

function tokenProblem(token: string | undefined): string | undefined {
  if (token === undefined)
    return "is not set; make a token in InvenTree (user settings, API tokens) and set it as a secret.";
  if (/^token\s/i.test(token)) return "begins with the word Token; set the token alone.";
  if (isPlaceholder(token)) return "is a placeholder; set the token that InvenTree has given you.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header cannot carry them.
  return /[\s\u0000-\u001f]|[^\u0000-\u007e]/.test(token)
    ? "has a space, a line break or a letter that no token has; copy it again."
    : undefined;
}

function isPlaceholder(token: string): boolean {
  return (
    /^(?:<.*>|\[.*\]|\$\{.*|x+|\*+|\.+|change[-_ ]?me|todo|secret|none|null|undefined)$/i.test(token) ||
    /^(?:your|my|the|insert|paste)?[-_ ]*(?:inventree)?[-_ ]*(?:api)?[-_ ]*(?:token|key)[-_ ]*(?:here)?$/i.test(token)
  );
}

function readAdmins(variables: Variables): {
  readonly value: readonly string[];
  readonly problems: readonly Problem[];
} {
  const entries = (variables.ADMIN_EMAIL_RECIPIENTS ?? "").split(/[,;\n]/).map((entry) => entry.trim());
  const addresses = [...new Set(entries.filter((entry) => entry !== ""))];
  const wrong = addresses.map((address) => ({ address, problem: addressProblem(address) }));
  return {
    value: wrong.filter(({ problem }) => problem === undefined).map(({ address }) => address),
    problems: wrong.flatMap(({ problem }) =>
      problem === undefined ? [] : [{ path: "ADMIN_EMAIL_RECIPIENTS", message: problem }],
    ),
  };
}
