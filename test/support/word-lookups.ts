import { join, relative } from "node:path";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isComputedPropertyName,
  isElementAccessExpression,
} from "typescript/unstable/ast/is";
import { API, type Type, TypeFlags } from "typescript/unstable/sync";

/**
 * Each place under `folder` where a word asks a plain object: record[word], word in record, { [word]: x } = record,
 * Reflect.get(record, word). Such a look-up also finds what every object inherits: "constructor" is there, though nobody put it in.
 */
export function wordLookups(root: string, folder: string): readonly string[] {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProjects: [join(root, "tsconfig.json")] }).getProjects();
    if (project === undefined) throw new Error(`TypeScript finds no project in ${root}.`);
    const { program, checker } = project;
    const names = program.getSourceFileNames().filter((name) => name.startsWith(`${join(root, folder)}/`));
    return names.flatMap((name) => {
      const file = program.getSourceFile(name);
      const lookups = file === undefined ? [] : lookupsIn(file);
      const types = checker.getTypeAtLocation(lookups.map(({ key }) => key));
      return lookups
        .filter((_, index) => isWord(types[index]))
        .map(({ line, text }) => `${relative(root, name)}:${line} ${text}`);
    });
  } finally {
    api.close();
  }
}

interface Lookup {
  readonly key: Node;
  readonly line: number;
  readonly text: string;
}

function lookupsIn(file: SourceFile): readonly Lookup[] {
  const found: Lookup[] = [];
  const visit = (node: Node): void => {
    const key = keyOf(node);
    if (key !== undefined) {
      const line = file.text.slice(0, node.getStart(file)).split("\n").length;
      found.push({ key, line, text: node.getText(file) });
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

/** The key with which this expression asks an object, if it does. */
function keyOf(node: Node): Node | undefined {
  if (isElementAccessExpression(node)) return node.argumentExpression;
  if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword) return node.left;
  if (isBindingElement(node) && node.propertyName !== undefined && isComputedPropertyName(node.propertyName)) {
    return node.propertyName.expression;
  }
  if (isCallExpression(node) && /^Reflect\.\w+$/.test(node.expression.getText())) return node.arguments[1];
  return undefined;
}

/** Whether the key can be any text; a number, or one of the words that the program itself knows, cannot. */
function isWord(type: Type | undefined): boolean {
  if (type === undefined) return true;
  if (type.isUnionType()) return type.getTypes().some(isWord);
  const known = TypeFlags.NumberLike | TypeFlags.StringLiteral | TypeFlags.ESSymbolLike | TypeFlags.Undefined;
  return (type.flags & known) === 0;
}
