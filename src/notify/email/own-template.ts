// A template that somebody has written for their own mails. Loaded only where partwatch.yaml names one: MJML is large.
import mjml2html from "mjml";
import Mustache from "mustache";
import type { Problem } from "../../core/problem.ts";
import { own } from "../../core/records.ts";
import { printable } from "../../core/text/printable.ts";
import { nearest } from "../../core/text/suggestion.ts";
import { REPORT_FIELDS, type TemplateFields } from "./report-fields.ts";

/** HTML with the names still in it; absent where there are problems. */
export interface OwnTemplate {
  readonly html?: string;
  readonly problems: readonly Problem[];
}

/** Compiles it, and says everything that is wrong with it, each at its line. */
export async function compileTemplate(source: { readonly file: string; readonly text: string }): Promise<OwnTemplate> {
  const { text } = source;
  const at = (offset: number, message: string): Problem => ({
    file: source.file,
    line: text.slice(0, offset).split("\n").length,
    message: printable(message),
  });
  const parsed = parse(text);
  if (parsed.kind === "wrong") return { problems: [at(parsed.offset, parsed.message)] };
  const names = namesIn(parsed.tokens);
  const problems = [
    ...names.flatMap((name) => (name.problem === undefined ? [] : [at(name.offset, name.problem)])),
    ...[...text.matchAll(/<mj-include\b/g)].map(({ index }) =>
      at(index, "mj-include is not read: a template is one file; put its text here."),
    ),
  ];
  if (problems.length > 0) return { problems };
  return compiled(source, { names, at });
}

async function compiled(
  { file, text }: { readonly file: string; readonly text: string },
  { names, at }: { readonly names: readonly Name[]; readonly at: (offset: number, message: string) => Problem },
): Promise<OwnTemplate> {
  const made = await htmlOf(text);
  if (made.kind === "wrong") return { problems: [at(0, made.message)] };
  const wrong = made.errors.map(({ line, message }): Problem => ({ file, line, message: printable(message) }));
  if (wrong.length > 0) return { problems: wrong };
  const left = parse(made.html);
  const kept = left.kind === "tokens" ? namesIn(left.tokens) : [];
  const lost = names.filter(({ kind, name }) => !kept.some((one) => one.kind === kind && one.name === name));
  if (lost.length > 0)
    return {
      problems: lost.map(({ offset, written }) =>
        at(offset, `${written} stands where MJML drops text; put it into <mj-raw>, or into the text of an element.`),
      ),
    };
  if (left.kind === "wrong") return { problems: [at(0, `does not hold together once it is HTML: ${left.message}`)] };
  return { html: made.html, problems: [] };
}

type Made =
  | { readonly kind: "html"; readonly html: string; readonly errors: readonly { line: number; message: string }[] }
  | { readonly kind: "wrong"; readonly message: string };

async function htmlOf(text: string): Promise<Made> {
  try {
    // No font is fetched unless the template itself does, and no other file is read.
    const options = { validationLevel: "soft", keepComments: true, fonts: {}, ignoreIncludes: true } as const;
    const { html, errors } = await mjml2html(text, options);
    return { kind: "html", html, errors };
  } catch (error) {
    return { kind: "wrong", message: `is no MJML: ${error instanceof Error ? error.message : String(error)}` };
  }
}

type Parsed =
  | { readonly kind: "tokens"; readonly tokens: unknown }
  | { readonly kind: "wrong"; readonly offset: number; readonly message: string };

function parse(text: string): Parsed {
  try {
    return { kind: "tokens", tokens: Mustache.parse(text) };
  } catch (error) {
    const [, message = "cannot be read", offset = "0"] =
      /^(.*) at (\d+)$/s.exec(error instanceof Error ? error.message : "") ?? [];
    return {
      kind: "wrong",
      offset: Number(offset),
      message: `${message}; every {{#…}} and {{^…}} ends with its {{/…}}.`,
    };
  }
}

interface Name {
  /** As Mustache calls it. */
  readonly kind: string;
  readonly name: string;
  readonly written: string;
  readonly offset: number;
  readonly problem?: string;
}

/** All names, depth first, each with what is wrong about it where it stands. */
function namesIn(tokens: unknown, scopes: readonly TemplateFields[] = [REPORT_FIELDS]): readonly Name[] {
  if (!Array.isArray(tokens)) return [];
  return tokens.flatMap((token: unknown): readonly Name[] => {
    if (!Array.isArray(token)) return [];
    const [kind, name, offset, , inside]: readonly unknown[] = token;
    if (typeof kind !== "string" || typeof name !== "string" || typeof offset !== "number") return [];
    if (kind === "text" || kind === "!") return [];
    const written = `{{${kind === "name" ? "" : kind}${name}}}`;
    const found = { kind, name, written, offset };
    if (kind === "&") return [{ ...found, problem: `{{{${name}}}} would not be escaped; write {{${name}}}.` }];
    if (kind === ">") return [{ ...found, problem: `${written}: a template is one file; put its text here.` }];
    if (kind === "=") return [{ ...found, problem: "other marks than {{ and }} are not possible." }];
    const known = lookUp(name, scopes);
    if (known === undefined) return [{ ...found, problem: unknownName(name, { written, scopes }) }];
    const deeper = kind === "#" && known.inside !== undefined ? [known.inside, ...scopes] : scopes;
    return [found, ...namesIn(inside, deeper)];
  });
}

/** As Mustache does: the first word in the nearest scope that has it, the others inside. */
function lookUp(name: string, scopes: readonly TemplateFields[]): { readonly inside?: TemplateFields } | undefined {
  if (name === ".") return {};
  const [first = "", ...rest] = name.split(".");
  let found = scopes.map((scope) => own(scope, first)).find((one) => one !== undefined);
  for (const word of rest) found = own(found?.inside, word);
  return found;
}

function unknownName(
  name: string,
  { written, scopes }: { readonly written: string; readonly scopes: readonly TemplateFields[] },
): string {
  const near = nearest(
    name,
    scopes.flatMap((scope) => Object.keys(scope)),
  );
  const fix = near === undefined ? "docs/template.md has all." : `did you mean ${near}?`;
  return `${written}: there is no such name here; ${fix}`;
}
