import { createHmac } from "node:crypto";
import { Agent } from "undici";
import type { Clock } from "../../core/clock.ts";
import type { Failure } from "../../core/failure.ts";
import { jsonText } from "../../core/foreign-text.ts";
import type { Log } from "../../core/log.ts";
import type { WebhookSettings } from "../../core/telling/channels.ts";
import { deliveryId, reportPayload, troubleId, troublePayload } from "../../core/telling/webhook-payload.ts";
import { textsFor } from "../../core/view/catalogue.ts";
import { formatFor, type Language } from "../../core/view/format.ts";
import { type Message, messageOf } from "../../core/view/message.ts";
import { plainText, webAddress } from "../../core/view/plain-text.ts";
import type { AdminChannel, AdminNotice, Channel, Receipt, Telling } from "../channel.ts";
import type { Body } from "./body.ts";
import { ntfyBody } from "./ntfy.ts";
import { post } from "./post.ts";
import { slackBody } from "./slack.ts";

export interface WebhookOptions {
  /** The value of a variable; addresses and secrets stand in variables only. */
  readonly variable: (name: string) => string | undefined;
  readonly clock: Clock;
  /** How long to wait for an answer; default 20 s. */
  readonly timeoutMs?: number;
}

export interface Webhooks {
  readonly channel: Channel;
  /** Tells the admins of trouble, in the format of partwatch.yaml's own webhook. */
  readonly admin: (of: {
    readonly settings: WebhookSettings;
    readonly language: Language;
    readonly timezone: string;
  }) => AdminChannel;
  /** Ends all connections. */
  readonly close: () => Promise<void>;
}

/** Tells web addresses, each at most once a telling. An address that does not answer is left alone for the rest of the run. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const dispatcher = new Agent({ connections: 1, keepAliveTimeout: 5_000, maxRedirections: 0 });
  const down = new Map<string, Failure>();
  const send = async (message: Outgoing, log: Log): Promise<Receipt> => {
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
    const failure = await post({ target, body: signed(message, secret), dispatcher, clock, log, timeoutMs });
    if (failure === undefined)
      return { kind: "accepted", ref: message.id, accepted: [variable], pending: [], refused: [] };
    if (failure.retryable) down.set(variable, failure);
    return { kind: "failed", failure, refused: [] };
  };
  return {
    channel: { name: "webhook", tell: (telling, log) => send(reportOf(telling), log) },
    admin: (of) => ({ name: "webhook", tell: (notice, log) => send(troubleOf(notice, of), log) }),
    close: () => dispatcher.close(),
  };
}

interface Outgoing {
  readonly settings: WebhookSettings;
  readonly id: string;
  readonly event: "report" | "trouble";
  readonly body: Body;
}

function reportOf(telling: Telling): Outgoing {
  const settings = telling.monitor.channels.webhook;
  const id = deliveryId({ ...telling, monitor: telling.monitor.id });
  const body =
    settings.format === "json" ? jsonBody(reportPayload(telling)) : messageBody(settings, messageOf(telling));
  return { settings, id, event: "report", body };
}

function troubleOf(
  notice: AdminNotice,
  of: { readonly settings: WebhookSettings; readonly language: Language; readonly timezone: string },
): Outgoing {
  const { admin, more } = textsFor(formatFor(of));
  const begins = notice.kind === "begins";
  const title = plainText(begins ? admin.title(notice.key) : admin.overTitle(notice.key));
  const fix = begins ? (notice.fix ?? admin.usualFix(notice.key)) : null;
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
    of.settings.format === "json"
      ? jsonBody(troublePayload(notice, { title, fix }))
      : messageBody(of.settings, message);
  return { settings: of.settings, id: troubleId(notice), event: "trouble", body };
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
