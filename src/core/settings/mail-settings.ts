import { printable } from "../printable.ts";
import type { Problem } from "../problem.ts";
import { addressProblem } from "./address.ts";
import type { MailServer } from "./mail-server.ts";
import { isThisMachine } from "./this-machine.ts";
import { readBoolean, type Variables, variable } from "./variables.ts";

interface Read<Value> {
  readonly value?: Value;
  readonly problems: readonly Problem[];
}

/** The mail server that the variables EMAIL_… describe, or everything that is missing or contradictory in them. */
export function mailServerFrom(variables: Variables): Read<Omit<MailServer, "senderName">> {
  const host = readHost(variables);
  const connection = readConnection(variables, host.value);
  const login = readLogin(variables);
  const sender = readSender(variables);
  const problems = [...host.problems, ...connection.problems, ...login.problems, ...sender.problems];
  if (problems.length > 0 || host.value === undefined || connection.value === undefined || sender.value === undefined) {
    return { problems };
  }
  return { value: { host: host.value, ...connection.value, ...login.value, sender: sender.value }, problems };
}

type Mode = MailServer["mode"];

const DEFAULT_PORTS = { starttls: 587, tls: 465, plain: 25 } as const satisfies Record<Mode, number>;

function readHost(variables: Variables): Read<string> {
  const path = "EMAIL_SMTP_SERVER";
  const host = variable(variables, path);
  if (host === undefined)
    return { problems: [{ path, message: "is not set; it is the name of your mail server, as in smtp.example.com." }] };
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
  return { problems: [{ path, message: `"${printable(host, 60)}" is no name of a server; ${fix}` }] };
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

/** Without a word about it mail is encrypted, but to a server on this very machine. */
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
      { path, message: `"${printable(text, 40)}" is no port; it is a number of 1-65535, most often 587 or 465.` },
    ],
  };
}

function readLogin(variables: Variables): Read<Pick<MailServer, "username" | "password">> {
  const username = variable(variables, "EMAIL_USERNAME");
  // Spaces may belong to a password; the line break that a copied secret ends with never does.
  const password = variables.EMAIL_PASSWORD?.replace(/[\r\n]+$/, "") || undefined;
  const problems = [
    ...half("EMAIL_PASSWORD", "EMAIL_USERNAME", password === undefined && username !== undefined),
    ...half("EMAIL_USERNAME", "EMAIL_PASSWORD", username === undefined && password !== undefined),
    ...lineBreak("EMAIL_USERNAME", username),
    ...lineBreak("EMAIL_PASSWORD", password),
  ];
  if (problems.length > 0 || username === undefined || password === undefined) return { problems };
  return { value: { username, password }, problems };
}

function half(missing: string, present: string, isHalf: boolean): Problem[] {
  return isHalf
    ? [{ path: missing, message: `is not set, but ${present} is; set both, or neither for a server without login.` }]
    : [];
}

function lineBreak(path: string, value: string | undefined): Problem[] {
  return value !== undefined && /[\r\n]/.test(value)
    ? [{ path, message: "has a line break in it; copy it again." }]
    : [];
}

function readSender(variables: Variables): Read<string> {
  const path = "EMAIL_SENDER_ADDRESS";
  const sender = variable(variables, path);
  if (sender === undefined)
    return {
      problems: [{ path, message: "is not set; it is the address that mails come from, as in partwatch@example.com." }],
    };
  const problem = addressProblem(sender);
  if (problem !== undefined) return { problems: [{ path, message: problem }] };
  return { value: sender, problems: [] };
}
