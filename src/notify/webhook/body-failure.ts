// Some receivers say 200 and mean that it failed: Teams in a sentence, Slack's API in JSON, a gateway with its login page.
import { field } from "../../core/records.ts";

export interface BodyFailure {
  /** Goes on behind the status. */
  readonly words: string;
  /** It may work a moment later. */
  readonly again: boolean;
}

/** What the body of a 2xx says of a failure; undefined where it says none. */
export function failureInBody(text: string): BodyFailure | undefined {
  // A byte order mark, or several, before anything else.
  const body = text.replace(/^[\s\uFEFF\0]+/, "").trim();
  if (body === "") return undefined;
  if (isPage(body))
    return {
      words: "with a web page where a receiver's answer belongs (a login, a proxy, the wrong address?)",
      again: false,
    };
  const json = parsed(body);
  const start = body.slice(0, SENTENCES);
  const isFailed = json === undefined ? SENTENCE.test(start) : saysFailure(json);
  return isFailed ? { words: "but its words say that it failed", again: PASSING.test(start) } : undefined;
}

/** Whether it begins as pages do, behind comments and declarations: a sentence with tags in it may be a receiver's answer. */
function isPage(body: string): boolean {
  const start = body.replace(/^(?:<!--[\s\S]*?-->\s*|<\?[\s\S]*?\?>\s*)*/, "");
  return PAGE.test(start);
}

const PAGE =
  /^<(?:!doctype\s+html|!--|(?:html|head|body|title|meta|link|base|style|script|noscript|form|frameset|iframe)\b)/i;

/** Where an answer's sentence stands: further on are other people's words. */
const SENTENCES = 4_096;

/** Microsoft Teams: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 …". */
const SENTENCE =
  /^(?:error|failed|failure|fault|unauthorized|forbidden|access denied)\b|\bdelivery failed\b|\bfailed with error\b/i;
const PASSING = /\b(?:429|50[0234])\b|rate.?limit|too many requests|time-?out|temporar/i;

function saysFailure(json: unknown): boolean {
  if (field(json, "ok") === false || field(json, "success") === false) return true;
  const status = field(json, "status");
  if (typeof status === "string" && /^(?:error|fail(?:ed|ure)?)$/i.test(status)) return true;
  const code = field(json, "errcode");
  if (typeof code === "number" && code !== 0) return true;
  const isSuccess = field(json, "ok") === true || field(json, "success") === true;
  return !isSuccess && [field(json, "error"), field(json, "errors")].some(isSomething);
}

function isSomething(error: unknown): boolean {
  if (error === undefined || error === null || error === false || error === "" || error === 0) return false;
  return !(Array.isArray(error) && error.length === 0);
}

function parsed(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return fieldsOfCut(text);
  }
}

/** Of JSON that breaks off, the fields of its outermost object as far as they go; of one that holds something, that it does. */
function fieldsOfCut(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  const fields: [string, unknown][] = [];
  let depth = 0;
  let key: string | undefined;
  let word = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g)) {
    if (depth === 2 && key !== undefined && !/[}\]]/.test(token)) {
      fields.push([key, [token]]);
      key = undefined;
    }
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (depth !== 1) continue;
    else if (token === ":") key = word;
    else if (token === ",") key = undefined;
    else if (key === undefined) word = token;
    else fields.push([key, scalar(token)]);
  }
  return Object.fromEntries(fields.map(([name, value]) => [String(scalar(name)), value]));
}

function scalar(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    return token;
  }
}
