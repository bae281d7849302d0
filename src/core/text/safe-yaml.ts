import { type Document, Scalar, type ToStringOptions, visit } from "yaml";
import { escaped, UNSAFE } from "./foreign-text.ts";

/** A document as text; what a reader must not get as it is stands escaped in double quotes, whose value is the same. */
export function safeYaml(document: Document, options: ToStringOptions): string {
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && hasUnsafe(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return escaped(document.toString(options));
}

/** Lines may stand as a block. */
function hasUnsafe(text: string): boolean {
  return text.replaceAll("\n", "").search(UNSAFE) >= 0;
}
