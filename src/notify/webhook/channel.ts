import { createHmac } from "node:crypto";
import type { Dispatcher } from "undici";
import type { WebhookSettings } from "../../core/channels.ts";
import type { Failure } from "../../core/failure.ts";
import type { Clock, Log } from "../../core/ports.ts";
import { type ProxyRoute, type ProxyServer, type Routes, STRAIGHT } from "../../core/settings/proxy.ts";
import { jsonText } from "../../core/text/foreign-text.ts";
import { plainText, webAddress } from "../../core/text/plain-text.ts";
import { formatFor, type Language } from "../../core/view/format.ts";
import { chatMessage, type Message } from "../../core/view/message.ts";
import { textsFor } from "../../core/view/texts/texts-for.ts";
import { deliveryId, incidentId, incidentPayload, reportPayload } from "../../core/view/webhook-payload.ts";
import type { AdminChannel, AdminNotice, Channel, Notification, Receipt } from "../channel.ts";
import { ntfyBody } from "./ntfy.ts";
import { type Body, post } from "./post.ts";
import { slackBody } from "./slack.ts";

export interface WebhookOptions {
  /** The value of a variable; addresses and secrets stand in variables only. */
  readonly variable: (name: string) => string | undefined;
  readonly clock: Clock;
  /** By which proxy each is called; absent: by none. */
  readonly routes?: Routes;
  /** How long to wait for an answer; default 20 s. */
  readonly timeoutMs?: number;
}

export interface Webhooks {
  readonly channel: Channel;
  /** Notifies the admins of incidents, in the format of partwatch.yaml's own webhook. */
  readonly admin: (options: {
    readonly settings: WebhookSettings;
    readonly language: Language;
    readonly timezone: string;
  }) => AdminChannel;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

/** Notifies web addresses, each at most once a notification. An address that does not answer is left alone for the rest of the run. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const agents = new Map<string, Promise<Dispatcher>>();
  const routes = options.routes ?? STRAIGHT;
  const agentFor = ({ proxy }: ProxyRoute) => {
    const key = proxy === undefined ? "" : JSON.stringify(proxy);
    const agent = agents.get(key) ?? openLazily(proxy);
    agents.set(key, agent);
    return agent;
  };
  const down = new Map<string, Failure>();
  const send = async (message: Outgoing, { log, ending }: Sending): Promise<Receipt> => {
    const { url_env } = message.settings;
    const variable = url_env ?? "";
    const known = down.get(variable);
    if (known !== undefined) return { kind: "failed", failure: known, refused: [] };
    const url = options.variable(variable);
    if (url === undefined) return { kind: "failed", failure: notSet(variable), refused: [] };
    const { secret_env } = message.settings;
    const secret = secret_env === null ? undefined : options.variable(secret_env);
    if (secret_env !== null && secret === undefined)
      return { kind: "failed", failure: notSet(secret_env), refused: [] };
    const { clock, timeoutMs = 20_000 } = options;
    const target = { variable, url, secrets: secret === undefined ? [] : [secret] };
    const route = routes(url);
    const dispatcher = await agentFor(route);
    const failure = await post({
      target: { ...target, route: route.words },
      body: signed(message, secret),
      dispatcher,
      clock,
      log,
      timeoutMs,
      ending,
    });
    if (failure === undefined)
      return { kind: "accepted", ref: message.id, accepted: [variable], pending: [], refused: [] };
    const { isSent, ...words } = failure;
    if (words.retryable && ending?.aborted !== true) down.set(variable, words);
    return isSent ? { kind: "unknown", failure: words } : { kind: "failed", failure: words, refused: [] };
  };
  return {
    channel: { name: "webhook", notify: (notification, log) => send(reportOf(notification), { ...notification, log }) },
    admin: (options) => ({
      name: "webhook",
      notify: (notice, log) => send(incidentOf(notice, options), { ...notice, log }),
    }),
    close: async () => {
      for (const agent of agents.values()) await (await agent).destroy();
    },
  };
}

/** Who calls no webhook never loads what calls. */
async function openLazily(proxy: ProxyServer | undefined): Promise<Dispatcher> {
  const { openAgent } = await import("../agent.ts");
  return openAgent(proxy);
}

interface Sending extends Pick<Notification, "ending"> {
  readonly log: Log;
}

interface Outgoing {
  readonly settings: WebhookSettings;
  readonly id: string;
  readonly event: "report" | "incident";
  readonly body: Body;
}

function reportOf(notification: Notification): Outgoing {
  const settings = notification.monitor.channels.webhook;
  const id = deliveryId({ ...notification, monitor: notification.monitor.id });
  const body =
    settings.format === "json"
      ? jsonBody(reportPayload(notification))
      : messageBody(settings, chatMessage(notification));
  return { settings, id, event: "report", body };
}

function incidentOf(
  notice: AdminNotice,
  options: { readonly settings: WebhookSettings; readonly language: Language; readonly timezone: string },
): Outgoing {
  const { admin, more } = textsFor(formatFor(options));
  const begins = notice.kind === "opened";
  const title = plainText(begins ? admin.title(notice.key) : admin.overTitle(notice.key));
  const fix = begins ? (notice.fix ?? admin.usualFix(notice.key, notice.cause)) : null;
  const run = webAddress(notice.links.run);
  const message: Message = {
    title,
    status: begins ? "short" : "covered",
    sentences: [begins ? notice.cause : `${admin.wasCause}: ${notice.cause}`, ...(fix === null ? [] : [fix])].map(
      plainText,
    ),
    rows: [],
    more: (count) => more(String(count)),
    links: run === undefined ? [] : [{ text: admin.run, href: run }],
  };
  const body =
    options.settings.format === "json"
      ? jsonBody(incidentPayload(notice, { title, fix }))
      : messageBody(options.settings, message);
  return { settings: options.settings, id: incidentId(notice), event: "incident", body };
}

function messageBody({ format }: WebhookSettings, message: Message): Body {
  return format === "ntfy" ? ntfyBody(message) : slackBody(message);
}

function jsonBody(payload: unknown): Body {
  return { text: jsonText(payload), headers: { "content-type": "application/json; charset=utf-8" } };
}

/** With the headers by which a receiver knows who sent it, what it is, and whether it has it already. */
function signed({ settings, id, event, body }: Outgoing, secret: string | undefined): Body {
  const named = { "x-partwatch-event": event, "x-partwatch-delivery": id };
  const proof =
    secret === undefined
      ? {}
      : settings.format === "ntfy"
        ? { authorization: `Bearer ${secret}` }
        : {
            "x-partwatch-signature-256": `sha256=${createHmac("sha256", secret).update(body.text, "utf8").digest("hex")}`,
          };
  return { text: body.text, headers: { ...body.headers, ...named, ...proof } };
}

function notSet(variable: string): Failure {
  return { kind: "config", retryable: false, message: `${variable} is not set; it belongs to a webhook.` };
}
