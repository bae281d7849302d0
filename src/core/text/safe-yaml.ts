import { type Document, Scalar, type ToStringOptions, visit } from "yaml";
import { escaped, UNSAFE } from "./foreign-text.ts";

/** A document as text; unsafe characters are escaped in double quotes, with the same value. */
export function safeYaml(document: Document, options: ToStringOptions): string {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && hasUnsafe(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(document.toString(options));
}

/** Lines may be written as a block. */
function hasUnsafe(text: string): boolean {
  return text.replaceAll("\n", "").search(UNSAFE) >= 0;
}
