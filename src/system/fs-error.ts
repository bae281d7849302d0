/**
 * What the system refused, in words: a folder that may not be written, a file that stands where a folder should be. Such an
 * error is the user's to mend, and no bug. undefined for every other error.
 */
export function systemRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("path" in error) || !("syscall" in error) || !("code" in error)) return undefined;
  // `EACCES: permission denied, open '/home/…'`: the path stands before.
  const why = error.message.replace(/, \w+(?: '.*)?$/s, "");
  return `${String(error.path)}: cannot be read or written (${why}); check what is there, and its permissions.`;
}
