// What a step of a workflow says to the runner: outputs in a file, annotations in its log.

export interface Annotation {
  readonly kind: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly message: string;
}

/** `name<<word`, lines, `word`. */
export function outputsIn(text: string): Record<string, string> {
  const found = [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)];
  return Object.fromEntries(found.map(([, name, , value]) => [name, value]));
}

/** What the log says to the runner of errors, warnings and notices. */
export function annotationsIn(log: string): readonly Annotation[] {
  const found = [...log.matchAll(/^::(error|warning|notice)(?: ([^\n]*?))?::([^\n]*)$/gm)];
  return found.map(([, kind = "", properties = "", message = ""]) => {
    const of = Object.fromEntries(properties.split(",").map((pair) => pair.split("=")));
    const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    return {
      kind,
      file: of.file === undefined ? undefined : unescaped(of.file),
      line: number(of.line),
      column: number(of.col),
      message: unescaped(message),
    };
  });
}

/** The log as the runner shows it: what it was told to hide is `***`, unless it was told while it heeded no command. */
export function shownLog(log: string): string {
  const masks: string[] = [];
  let word: string | undefined;
  const lines = log.split("\n").flatMap((line) => {
    const [, command = "", value = ""] = /^::([\w-]+)(?: [^\n]*?)?::(.*)$/.exec(line) ?? [];
    if (word !== undefined && command !== word) return [line];
    word = command === "stop-commands" ? value : undefined;
    if (command === "add-mask") masks.push(unescaped(value));
    return command === "" ? [line] : [];
  });
  return masks.reduce((text, secret) => text.replaceAll(secret, "***"), lines.join("\n"));
}

function unescaped(text: string): string {
  return text
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%25", "%");
}
