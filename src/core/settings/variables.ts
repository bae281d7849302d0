import type { Problem } from "../problem.ts";
import { own } from "../records.ts";
import { printable } from "../text/printable.ts";
import { nearest } from "../text/suggestion.ts";

/** Variables by name; an empty one counts as not set (Actions passes a missing secret as empty). */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Variables of fixed names whose values must appear nowhere. */
export const SECRETS = [
  "INVENTREE_API_TOKEN",
  "INVENTREE_ORDER_TOKEN",
  "EMAIL_PASSWORD",
  "GITHUB_TOKEN",
  "EMAIL_OAUTH_CLIENT_SECRET",
  "EMAIL_OAUTH_REFRESH_TOKEN",
  "EMAIL_OAUTH_PRIVATE_KEY",
  "EMAIL_DKIM_PRIVATE_KEY",
] as const;

/** The forms in which a secret may appear: whole, and for one with several lines (a key) each line except the frame. */
export function secretShapes(value: string): readonly string[] {
  const lines = value.split(/\r?\n|\\r|\\n/).map((line) => line.trim());
  if (lines.length === 1) return value === "" ? [] : [value];
  return [value, ...lines.filter((line) => line.length > 7 && !line.startsWith("-----"))];
}

/** A variable without the white space around it; undefined where nothing is left. */
export function variable(variables: Variables, name: string): string | undefined {
  const value = own(variables, name)?.trim();
  return value === "" ? undefined : value;
}

/** What distinguishes a run in somebody's workflow from one on a person's machine. */
const AUTOMATION = ["GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "CI"];

/** Name of the variable that shows that a workflow runs here; undefined if there is none. */
export function automationIn(variables: Variables): string | undefined {
  return AUTOMATION.find(
    (name) => variable(variables, name) !== undefined && readBoolean(variables, name).value !== false,
  );
}

/** true, yes, on, 1 and their opposites, whatever the case. */
export function readBoolean(
  variables: Variables,
  name: string,
): { readonly value?: boolean; readonly problems: readonly Problem[] } {
  const text = variable(variables, name)?.toLowerCase();
  if (text === undefined) return { problems: [] };
  if (["true", "yes", "on", "1"].includes(text)) return { value: true, problems: [] };
  if (["false", "no", "off", "0"].includes(text)) return { value: false, problems: [] };
  return { problems: [{ path: name, message: `"${printable(text, 40)}" is neither true nor false.` }] };
}

/** Names with a meaning here; setting one of these is no typo. */
export const VARIABLES: readonly string[] = [
  ...[
    "INVENTREE_URL",
    "INVENTREE_API_TOKEN",
    "INVENTREE_ORDER_TOKEN",
    "EMAIL_SMTP_SERVER",
    "EMAIL_SMTP_PORT",
    "EMAIL_USE_TLS",
    "EMAIL_USE_SSL",
  ],
  ...["EMAIL_USERNAME", "EMAIL_PASSWORD", "EMAIL_EHLO_NAME", "EMAIL_SENDER_ADDRESS", "ADMIN_EMAIL_RECIPIENTS"],
  ...["EMAIL_OAUTH_GRANT", "EMAIL_OAUTH_TOKEN_URL", "EMAIL_OAUTH_CLIENT_ID", "EMAIL_OAUTH_SCOPE"],
  ...["EMAIL_OAUTH_CLIENT_SECRET", "EMAIL_OAUTH_REFRESH_TOKEN", "EMAIL_OAUTH_PRIVATE_KEY"],
  ...["EMAIL_DKIM_DOMAIN", "EMAIL_DKIM_SELECTOR", "EMAIL_DKIM_PRIVATE_KEY"],
];

/** What to add if a variable is not set but a similar one is: ` (SMTP_SERVER is set; did you mean it?)`. */
export function nearVariable(variables: Variables, name: string): string {
  const set = Object.keys(variables).filter(
    (one) => !VARIABLES.includes(one) && variable(variables, one) !== undefined,
  );
  const alike = set.filter((one) => /^[A-Z][A-Z0-9_]{3,59}$/.test(one) && /MAIL|SMTP|INVENTREE|TOKEN/.test(one));
  const near = nearest(name, alike) ?? alike.find((one) => name.endsWith(`_${one}`) || one.endsWith(`_${name}`));
  return near === undefined ? "" : ` (${near} is set; did you mean it?)`;
}
