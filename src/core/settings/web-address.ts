/** Why nothing can be posted to this address, without the address; undefined if it can. */
export function webAddressProblem(url: string): string | undefined {
  if (!URL.canParse(url) || /\s/.test(url)) return "is not a valid address; write it as https://example.com/path";
  const { protocol, username, password } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return "must begin with https:// or http://";
  if (username !== "" || password !== "") return "has a name or password in it; take another way to prove who you are";
  return undefined;
}
