import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { compileTemplate } from "../../src/notify/email/own-template.ts";
import { renderReportMail } from "../../src/notify/email/report-mail.ts";
import { longReport } from "./fixture-report.ts";
import { monitor, notification } from "./fixtures.ts";

const FILE = "templates/report.mjml";

/** A template with that in the one column of its one section. */
function around(...lines: string[]): string {
  const inside = lines.join("\n");
  return `<mjml>\n<mj-body><mj-section><mj-column>\n${inside}\n</mj-column></mj-section></mj-body></mjml>\n`;
}

async function problemsOf(text: string): Promise<readonly string[]> {
  const { html, problems } = await compileTemplate({ file: FILE, text });
  expect(html === undefined).toBe(problems.length > 0);
  return problems.map(formatProblem);
}

async function compiled(text: string): Promise<string> {
  const { html, problems } = await compileTemplate({ file: FILE, text });
  if (html === undefined) throw new Error(problems.map(formatProblem).join("\n"));
  return html;
}

describe("a template of one's own", () => {
  it("that the documentation shows makes a mail", async () => {
    const page = await readFile(join(import.meta.dirname, "../../docs/template.md"), "utf8");
    const template = await compiled(/```xml\n([\s\S]*?)```/.exec(page)?.[1] ?? "");
    const { html } = renderReportMail(notification(), { rows: 50, template });
    expect(html).toContain("logo.png");
    expect(html).toMatch(/<th align="left">[^<]+<\/th>/);
    expect(html).not.toMatch(/\{\{|undefined|\[object/);
    expect(html).not.toMatch(/<link[^>]+font|@import/);
  });

  it("escapes everything", async () => {
    const template = await compiled(around("<mj-text>{{name}} <i title='{{name}}'></i></mj-text>"));
    const evil = `"><script>alert('x')</script>`;
    const { html } = renderReportMail(notification({ monitor: monitor({ name: evil }) }), { rows: 50, template });
    expect(html).not.toContain("<script>");
    expect(html.match(/&lt;script&gt;/g)).toHaveLength(2);
  });

  it("has fewer rows where the mail would be too large, and gives way to the built-in one where that is not enough", async () => {
    const long = notification({ report: longReport(300) });
    const rows = around(
      "<mj-table>{{#tables.parts}}{{#rows}}<tr><td>{{#cells}}{{text}}<b></b>{{/cells}}</td></tr>{{/rows}}{{/tables.parts}}</mj-table>",
    );
    const fits = renderReportMail(long, { rows: 500, template: await compiled(rows) }).html;
    expect(fits.length).toBeLessThan(100_000);
    expect(fits).not.toContain("card");
    const huge = around(`<mj-text>${"wide ".repeat(25_000)}</mj-text>`);
    expect(renderReportMail(long, { rows: 50, template: await compiled(huge) }).html).toContain("card");
  });

  it.each<[string, string, string]>([
    ["an element that there is not", around("<mj-txt>a</mj-txt>"), "mjml:3: Element mj-txt doesn't exist"],
    [
      "an attribute that there is not",
      around("<mj-text>a</mj-text>", '<mj-text colour="x">a</mj-text>'),
      "mjml:4: Attribute colour is illegal",
    ],
    [
      "an element in the wrong place",
      "<mjml><mj-body>\n<mj-text>a</mj-text></mj-body></mjml>",
      "mjml:2: mj-text cannot be used inside mj-body",
    ],
    ["no MJML", "<p>hello</p>", "mjml:1: is no MJML: Malformed MJML"],
    ["nothing", "", "mjml:1: is no MJML: Parsing failed"],
    [
      "a name that there is not",
      around("<mj-text>{{headlin}}</mj-text>"),
      "mjml:3: {{headlin}}: there is no such name here; did you mean headline?",
    ],
    [
      "a name in the wrong place",
      around("<mj-text>{{#facts}}", "{{#row}}{{tone}}{{/row}} {{tone}}{{/facts}}</mj-text>"),
      "mjml:4: {{tone}}: there is no such name here",
    ],
    [
      "a table that there is not",
      around("<mj-text>{{#tables.to_by}}x{{/tables.to_by}}</mj-text>"),
      "mjml:3: {{#tables.to_by}}: there is no such name",
    ],
    [
      "a word that every object has",
      around("<mj-text>{{constructor}}</mj-text>"),
      "mjml:3: {{constructor}}: there is no such name here",
    ],
    [
      "three braces",
      around("<mj-text>", "{{{name}}}</mj-text>"),
      "mjml:4: {{{name}}} would not be escaped; write {{name}}.",
    ],
    [
      "an ampersand",
      around("<mj-text>{{& name}}</mj-text>"),
      "mjml:3: {{{name}}} would not be escaped; write {{name}}.",
    ],
    [
      "other marks",
      around("<mj-text>{{=<% %>=}}<%& name %></mj-text>"),
      "mjml:3: other marks than {{ and }} are not possible.",
    ],
    ["a partial", around("<mj-text>{{> other}}</mj-text>"), "mjml:3: {{>other}}: a template is one file"],
    ["an include", around('<mj-include path="/etc/passwd" />'), "mjml:3: mj-include is not read"],
    ["a section that does not end", around("<mj-text>", "{{#facts}}</mj-text>"), 'Unclosed section "facts"'],
    ["a section that does not begin", around("<mj-text>", "{{/facts}}</mj-text>"), 'mjml:4: Unopened section "facts"'],
    [
      "a name where MJML drops it",
      around("{{#sections}}", "<mj-text>{{title}}</mj-text>", "{{/sections}}"),
      "mjml:3: {{#sections}} stands where MJML drops text; put it into <mj-raw>",
    ],
  ])("with %s is refused, at its line", async (_, text, said) => {
    expect(await problemsOf(text)).toEqual(expect.arrayContaining([expect.stringContaining(said)]));
  });
});
