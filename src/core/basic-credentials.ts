/** A job's token as it stands in the header that git sends: a secret as well. */
export function basicCredentials(token: string): string {
  return btoa(`x-access-token:${token}`);
}
