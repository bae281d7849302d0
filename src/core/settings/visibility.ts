import { inside, textIn } from "../records.ts";

/** Whether a repository, as GitHub's API describes it, is private, or for members alone (internal); undefined: it does not say. */
export function isPrivateIn(repository: unknown): boolean | undefined {
  const visibility = textIn(repository, "visibility");
  if (visibility !== undefined) return visibility !== "public";
  const found = inside(repository, "private");
  return typeof found === "boolean" ? found : undefined;
}
