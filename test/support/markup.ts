// The pages' markup, judged as HTML.
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  // A list of hits below a field is no <select>: it offers what is typed.
  rules: {
    "no-inline-style": "error",
    "prefer-native-element": "off",
    "doctype-style": "off",
    "void-style": "off",
    "long-title": "off",
  },
});

/** What is wrong with a whole page; nothing: it is fine. */
export async function markupProblems(text: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(text);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, column, message, ruleId }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}
