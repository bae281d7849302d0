// Checks of what a client sent; each throws an Error that says what is missing.

/** The value as an object. */
export function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${name} must be an object`);
  return Object.fromEntries(Object.entries(value));
}

/** The value as a text that is not empty. */
export function text(value: unknown, name: string): string {
  if (typeof value !== "string" || value === "") throw new Error(`${name} must be a text`);
  return value;
}

/** The value as a list of objects. */
export function records(value: unknown, name: string): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error(`${name} must be a list`);
  return value.map((item, index) => record(item, `${name}[${index}]`));
}

/** Throws unless the object has these fields only: GitHub refuses unknown input fields too. */
export function only(object: Record<string, unknown>, names: readonly string[], what: string): void {
  const unknown = Object.keys(object).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`${what}: unknown field ${unknown}`);
}
