import { variableProblem } from "../core/channels.ts";
import { isRecord, textIn } from "../core/records.ts";
import { webAddressProblem } from "../core/settings/web-address.ts";
import type { RuleViolation } from "./channel-rules.ts";

/** What no schema can say of the section `heartbeat`. Fields of a wrong type are the schema's business. */
export function heartbeatBreaches(section: unknown): RuleViolation[] {
  if (!isRecord(section)) return [];
  const [url, variable] = [textIn(section, "url"), textIn(section, "url_env")];
  const address = url === undefined || url === "" ? undefined : webAddressProblem(url);
  const taken = variable === undefined ? undefined : variableProblem(variable);
  const either = Object.hasOwn(section, "url") === Object.hasOwn(section, "url_env");
  const one = "needs the server's address: either url, or url_env with the name of the variable that holds it.";
  return [
    ...(either ? [{ path: ["heartbeat"], message: one }] : []),
    ...(address === undefined ? [] : [{ path: ["heartbeat", "url"], message: `${address}.` }]),
    ...(taken === undefined
      ? []
      : [{ path: ["heartbeat", "url_env"], message: taken.replace("STOCK_WEBHOOK_URL", "PARTWATCH_HEARTBEAT_URL") }]),
  ];
}
