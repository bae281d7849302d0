/** The words for an incident's key in state; `instance` is empty for the only server. */
export interface IncidentWords {
  readonly unreachable: (instance: string) => string;
  readonly refused: (instance: string) => string;
  readonly incomplete: (instance: string) => string;
  readonly mail: string;
  readonly state: string;
  readonly overdue: string;
  readonly issue: string;
  readonly webhook: (variable: string) => string;
  readonly file: (path: string) => string;
  readonly check: (monitor: string) => string;
  readonly address: (address: string) => string;
  /** The same answer for several: this one, and so many others. `isTheirs`: the addresses are wrong, not a permission. */
  readonly addresses: (address: string, others: number, isTheirs: boolean) => string;
  /** Its message was sent often enough, and never confirmed. */
  readonly unconfirmed: (monitor: string, channel: string) => string;
  readonly other: (key: string) => string;
}

/** Keys are `<instance>/unreachable` · `/refused` · `/incomplete`, `mail`, `state`, `overdue`, `issue`, `webhook:<variable>`, `file:<path>` and so on. */
export function incidentOf(key: string, words: IncidentWords): string {
  if (key === "mail") return words.mail;
  if (key === "state") return words.state;
  if (key === "overdue") return words.overdue;
  if (key === "issue") return words.issue;
  if (key.startsWith("webhook:")) return words.webhook(key.slice("webhook:".length));
  if (key.startsWith("file:")) return words.file(key.slice("file:".length));
  if (key.startsWith("check:")) return words.check(key.slice("check:".length));
  if (key.startsWith("address:")) return words.address(key.slice("address:".length));
  if (key.startsWith("addresses:")) {
    const [, subject, others, address = ""] = /^addresses:([a-z]*)\/(\d*)\/(.*)$/s.exec(key) ?? [];
    return words.addresses(address, Number(others), subject === "address");
  }
  if (key.startsWith("unconfirmed:")) {
    const [monitor = "", channel = ""] = key.slice("unconfirmed:".length).split("/");
    return words.unconfirmed(monitor, channel);
  }
  const slash = key.lastIndexOf("/");
  const instance = key.slice(0, Math.max(0, slash));
  const label = instance === "" || instance === "default" ? "" : ` (${instance})`;
  switch (key.slice(slash + 1)) {
    case "unreachable":
      return words.unreachable(label);
    case "refused":
      return words.refused(label);
    case "incomplete":
      return words.incomplete(label);
    default:
      return words.other(key);
  }
}

/** Whether the server was found, and its certificate not accepted: in words of src/inventree/connection.ts. */
export function isAboutCertificate(cause: string): boolean {
  return cause.includes("the server's certificate is not accepted");
}

/** Whether the server has another address: in words of src/inventree/client.ts. */
export function isAboutRedirect(cause: string): boolean {
  return /: 30\d: redirects to /.test(cause);
}
