/** A job's token in the form of git's HTTP header: a secret as well. */
export function basicCredentials(token: string): string {
  return btoa(`x-access-token:${token}`);
}
