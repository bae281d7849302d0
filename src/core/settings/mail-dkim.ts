import type { Problem } from "../problem.ts";
import { printable } from "../text/printable.ts";
import { readPrivateKey } from "./private-key.ts";
import { nearVariable, type Variables, variable } from "./variables.ts";

/** How mails are signed: the variables EMAIL_DKIM_…. */
export interface MailDkim {
  readonly domain: string;
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
}

/** In the order in which workflows pass them on. */
export const DKIM_VARIABLES = ["EMAIL_DKIM_DOMAIN", "EMAIL_DKIM_SELECTOR"] as const;
export const DKIM_SECRETS = ["EMAIL_DKIM_PRIVATE_KEY"] as const;

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";
const SELECTOR = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`);

/** Reads them if one is set, or partwatch.yaml requires them. The domain may be left out: it is the sender's. */
export function readMailDkim(
  variables: Variables,
  { sender, isWanted }: { readonly sender: string | undefined; readonly isWanted: boolean },
): { readonly value?: MailDkim; readonly problems: readonly Problem[] } {
  const isSet = [...DKIM_VARIABLES, ...DKIM_SECRETS].some((name) => variable(variables, name) !== undefined);
  if (!isSet && !isWanted) return { problems: [] };
  const domain = variable(variables, "EMAIL_DKIM_DOMAIN") ?? sender?.slice(sender.lastIndexOf("@") + 1) ?? "";
  const selector = variable(variables, "EMAIL_DKIM_SELECTOR");
  const text = variable(variables, "EMAIL_DKIM_PRIVATE_KEY");
  const key = text === undefined ? undefined : readPrivateKey(text);
  const missing = (name: string, what: string) => `is not set; it is ${what}${nearVariable(variables, name)}.`;
  const wrong: readonly (readonly [path: string, message: string | undefined])[] = [
    ["EMAIL_DKIM_DOMAIN", sender === undefined && domain === "" ? undefined : domainProblem(domain)],
    [
      "EMAIL_DKIM_SELECTOR",
      selector === undefined
        ? missing("EMAIL_DKIM_SELECTOR", "the name of the key in the DNS, as mail in mail._domainkey.example.com")
        : selectorProblem(selector),
    ],
    [
      "EMAIL_DKIM_PRIVATE_KEY",
      key === undefined
        ? missing("EMAIL_DKIM_PRIVATE_KEY", "the key that mails are signed with")
        : key.kind === "wrong"
          ? key.message
          : undefined,
    ],
  ];
  const problems = wrong.flatMap(([path, message]) => (message === undefined ? [] : [{ path, message }]));
  if (problems.length > 0 || selector === undefined || key?.kind !== "key") return { problems };
  return { value: { domain, selector, privateKey: key.pem }, problems };
}

function domainProblem(domain: string): string | undefined {
  if (DOMAIN.test(domain)) return undefined;
  return `"${printable(domain, 60)}" is not a domain; write it as in example.com.`;
}

function selectorProblem(selector: string): string | undefined {
  if (SELECTOR.test(selector) && !selector.includes("_domainkey")) return undefined;
  return `"${printable(selector, 60)}" is not a selector; write what stands before ._domainkey, as in mail.`;
}
