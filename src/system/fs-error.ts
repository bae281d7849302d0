/**
 * A refusal of the operating system, in words: a folder that may not be written, a file in the place of a folder. The
 * user can fix it; it is not a bug. undefined for every other error.
 */
export function systemRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("path" in error) || !("syscall" in error) || !("code" in error)) return undefined;
  // `EACCES: permission denied, open '/home/…'`: the caller says the path first.
  const why = error.message.replace(/, \w+(?: '.*)?$/s, "");
  return `${String(error.path)}: cannot be read or written (${why}); check what is there, and its permissions.`;
}
