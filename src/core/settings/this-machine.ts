/** Whether a host is this very machine, so that nobody can listen in; an IPv6 address with or without brackets. */
export function isThisMachine(host: string): boolean {
  return /^(?:localhost|\[::1\]|::1|127(?:\.\d{1,3}){3})$/i.test(host);
}
