import type { Problem } from "../problem.ts";
import { printable } from "../text/printable.ts";
import { addressProblem } from "./address.ts";
import { type MailDkim, readMailDkim } from "./mail-dkim.ts";
import { type MailOauth, readMailOauth } from "./mail-oauth.ts";
import { isThisMachine } from "./this-machine.ts";
import { nearVariable, readBoolean, type Variables, variable } from "./variables.ts";

interface Read<Value> {
  readonly value?: Value;
  readonly problems: readonly Problem[];
}

/** What partwatch.yaml requires for sending mail. */
export interface MailWishes {
  readonly oauth: boolean;
  readonly dkim: boolean;
}

/** The mail server from the variables EMAIL_…, or everything that is missing or contradictory in them. */
export function mailServerFrom(variables: Variables, wishes: MailWishes): Read<Omit<MailServer, "senderName">> {
  const host = readHost(variables);
  const connection = readConnection(variables, host.value);
  const sender = readSender(variables);
  const login = readLogin(variables, { wishes, sender: sender.value });
  const dkim = readMailDkim(variables, { sender: sender.value, isWanted: wishes.dkim });
  const greeting = readGreeting(variables);
  const problems = [host, connection, login, greeting, sender, dkim].flatMap((read) => read.problems);
  if (problems.length > 0 || host.value === undefined || connection.value === undefined || sender.value === undefined) {
    return { problems };
  }
  const signed = dkim.value === undefined ? {} : { dkim: dkim.value };
  const ways = { ...connection.value, ...login.value, ...greeting.value, ...signed };
  return { value: { host: host.value, ...ways, sender: sender.value }, problems };
}

type Mode = MailServer["mode"];

const DEFAULT_PORTS = { starttls: 587, tls: 465, plain: 25 } as const satisfies Record<Mode, number>;

function readHost(variables: Variables): Read<string> {
  const path = "EMAIL_SMTP_SERVER";
  const host = variable(variables, path);
  if (host === undefined)
    return {
      problems: [
        {
          path,
          message: `is not set; it is the name of your mail server, as in smtp.example.com${nearVariable(variables, path)}.`,
        },
      ],
    };
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (
    /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(bare) ||
    /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(bare)
  ) {
    return { value: bare, problems: [] };
  }
  const fix = /^[A-Za-z0-9.-]+:\d+$/.test(host)
    ? "put the port into EMAIL_SMTP_PORT."
    : "write the name alone, as in smtp.example.com.";
  return { problems: [{ path, message: `"${printable(host, 60)}" is not a valid server name; ${fix}` }] };
}

function readConnection(
  variables: Variables,
  host: string | undefined,
): Read<{ readonly mode: Mode; readonly port: number }> {
  const startTls = readBoolean(variables, "EMAIL_USE_TLS");
  const tls = readBoolean(variables, "EMAIL_USE_SSL");
  const port = readPort(variables);
  const problems = [...startTls.problems, ...tls.problems, ...port.problems];
  if (startTls.value === true && tls.value === true) {
    const message =
      "and EMAIL_USE_SSL are both true; choose EMAIL_USE_TLS for port 587 (STARTTLS), EMAIL_USE_SSL for port 465.";
    return { problems: [...problems, { path: "EMAIL_USE_TLS", message }] };
  }
  if (problems.length > 0) return { problems };
  const mode = modeOf({ startTls: startTls.value, tls: tls.value, port: port.value, host });
  const misfit = portProblem(mode, port.value);
  if (misfit !== undefined) return { problems: [{ path: "EMAIL_SMTP_PORT", message: misfit }] };
  return { value: { mode, port: port.value ?? DEFAULT_PORTS[mode] }, problems };
}

interface Wishes {
  readonly startTls: boolean | undefined;
  readonly tls: boolean | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
}

/** If nothing is set, mail is encrypted, except to a server on this very machine. */
function modeOf({ startTls, tls, port, host }: Wishes): Mode {
  if (tls === true) return "tls";
  if (startTls === true) return "starttls";
  if (startTls === false) return "plain";
  if (tls === undefined && port === 465) return "tls";
  const local = host !== undefined && isThisMachine(host);
  return local && port !== 587 ? "plain" : "starttls";
}

function portProblem(mode: Mode, port: number | undefined): string | undefined {
  if (port === 465 && mode !== "tls")
    return "465 speaks TLS from the first byte; set EMAIL_USE_SSL=true and EMAIL_USE_TLS=false, or use port 587.";
  if ((port === 587 || port === 25) && mode === "tls") {
    return `${port} begins without TLS; set EMAIL_USE_TLS=true and EMAIL_USE_SSL=false, or use port 465.`;
  }
  return undefined;
}

function readPort(variables: Variables): Read<number> {
  const path = "EMAIL_SMTP_PORT";
  const text = variable(variables, path);
  if (text === undefined) return { problems: [] };
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return { value: port, problems: [] };
  return {
    problems: [
      {
        path,
        message: `"${printable(text, 40)}" is not a valid port; use a number from 1 to 65535, most often 587 or 465.`,
      },
    ],
  };
}

/** With OAuth2 no password is sent, even if one is set; the mailbox is the sender's unless another is given. */
function readLogin(
  variables: Variables,
  { wishes, sender }: { readonly wishes: MailWishes; readonly sender: string | undefined },
): Read<Pick<MailServer, "username" | "password" | "oauth">> {
  const username = variable(variables, "EMAIL_USERNAME");
  const oauth = readMailOauth(variables, { isWanted: wishes.oauth });
  if (oauth.value !== undefined || oauth.problems.length > 0) {
    const problems = [...oauth.problems, ...lineBreak("EMAIL_USERNAME", username)];
    const mailbox = username ?? sender;
    if (problems.length > 0 || oauth.value === undefined || mailbox === undefined) return { problems };
    return { value: { username: mailbox, oauth: oauth.value }, problems };
  }
  // Spaces may belong to a password; the line break at the end of a copied secret never does.
  const password = variables.EMAIL_PASSWORD?.replace(/[\r\n]+$/, "") || undefined;
  const problems = [
    ...half({ name: "EMAIL_PASSWORD", value: password }, { name: "EMAIL_USERNAME", value: username }),
    ...half({ name: "EMAIL_USERNAME", value: username }, { name: "EMAIL_PASSWORD", value: password }),
    ...lineBreak("EMAIL_USERNAME", username),
    ...lineBreak("EMAIL_PASSWORD", password),
  ];
  if (problems.length > 0 || username === undefined || password === undefined) return { problems };
  return { value: { username, password }, problems };
}

interface Setting {
  readonly name: string;
  readonly value: string | undefined;
}

/** One must be set if the other is. */
function half(one: Setting, other: Setting): Problem[] {
  if (one.value !== undefined || other.value === undefined) return [];
  const message = `is not set, but ${other.name} is; set both, or neither for a server without login.`;
  return [{ path: one.name, message }];
}

function lineBreak(path: string, value: string | undefined): Problem[] {
  return value !== undefined && /[\r\n]/.test(value)
    ? [{ path, message: "has a line break in it; copy it again." }]
    : [];
}

/** What servers accept in a greeting: a full host name, or an address in brackets. */
function readGreeting(variables: Variables): Read<Pick<MailServer, "greeting">> {
  const path = "EMAIL_EHLO_NAME";
  const greeting = variable(variables, path);
  if (greeting === undefined) return { problems: [] };
  const isName =
    /^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/;
  const isAddress = /^\[(?:\d{1,3}(?:\.\d{1,3}){3}|IPv6:[0-9A-Fa-f:.]+)\]$/;
  if (isName.test(greeting) || isAddress.test(greeting)) return { value: { greeting }, problems: [] };
  const message = `"${printable(greeting, 60)}" is not a full host name; write it as in partwatch.example.com.`;
  return { problems: [{ path, message }] };
}

function readSender(variables: Variables): Read<string> {
  const path = "EMAIL_SENDER_ADDRESS";
  const sender = variable(variables, path);
  if (sender === undefined)
    return {
      problems: [
        {
          path,
          message: `is not set; it is the address that mails come from, as in partwatch@example.com${nearVariable(variables, path)}.`,
        },
      ],
    };
  const problem = addressProblem(sender);
  if (problem !== undefined) return { problems: [{ path, message: problem }] };
  return { value: sender, problems: [] };
}

/** How mail is handed over: the settings EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL and so on. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** starttls: EMAIL_USE_TLS. tls: EMAIL_USE_SSL, from the first byte. plain: neither. */
  readonly mode: "starttls" | "tls" | "plain";
  /** None, or the user with one of the two. */
  readonly username?: string;
  readonly password?: string;
  readonly oauth?: MailOauth;
  /** Absent: mails are not signed. */
  readonly dkim?: MailDkim;
  /** EMAIL_EHLO_NAME: what this machine calls itself; absent: its own name. */
  readonly greeting?: string;
  /** EMAIL_SENDER_ADDRESS. */
  readonly sender: string;
  /** `mail.sender_name` in partwatch.yaml. */
  readonly senderName: string;
}
