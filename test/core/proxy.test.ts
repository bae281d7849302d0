import { describe, expect, it } from "vitest";
import { proxyProblems, proxySecrets, routesIn } from "../../src/core/settings/proxy.ts";

const PROXY = { HTTPS_PROXY: "http://proxy.example.com:3128" };
const HOST = "https://stock.example.com/x";

describe("the way to an address", () => {
  it("is the proxy of its scheme, and names it", () => {
    const routes = routesIn({ ...PROXY, HTTP_PROXY: "plain.example.com:8080" });
    expect(routes(HOST)).toEqual({
      proxy: { uri: "http://proxy.example.com:3128" },
      words: ", asked through the proxy in HTTPS_PROXY (proxy.example.com:3128)",
    });
    expect(routes("http://stock.example.com").proxy).toEqual({ uri: "http://plain.example.com:8080" });
    expect(routesIn(PROXY)("http://stock.example.com")).toEqual({ words: "" });
    expect(routesIn({})(HOST)).toEqual({ words: "" });
  });

  it("is the variable in small letters before the other", () => {
    expect(routesIn({ ...PROXY, https_proxy: "http://small.example.com" })(HOST).proxy?.uri).toBe(
      "http://small.example.com",
    );
  });

  it("is never a proxy to this very machine", () => {
    for (const here of ["https://localhost:8000", "https://127.0.0.1", "https://[::1]:1"])
      expect(routesIn(PROXY)(here).proxy).toBeUndefined();
  });

  it.each([
    ["*", true],
    ["stock.example.com", true],
    ["example.com", true],
    [".example.com", true],
    ["*.example.com", true],
    ["other.com, STOCK.example.com", true],
    ["stock.example.com:443", true],
    ["stock.example.com:8443", false],
    ["ample.com", false],
    ["example.org", false],
  ])("is straight where NO_PROXY names the host: %s", (NO_PROXY, isStraight) => {
    const route = routesIn({ ...PROXY, NO_PROXY })(HOST);
    expect(route.proxy === undefined).toBe(isStraight);
    expect(route.words).toContain(isStraight ? "; NO_PROXY keeps it from the proxy in HTTPS_PROXY" : "through");
  });

  it.each([
    ["10.0.0.0/8", true],
    ["10.1.2.0/24", true],
    ["10.1.2.3", true],
    ["10.1.3.0/24", false],
    ["0.0.0.0/0", true],
    ["fe80::/10", false],
  ])("is straight where NO_PROXY names the network: %s", (NO_PROXY, isStraight) => {
    expect(routesIn({ ...PROXY, NO_PROXY })("https://10.1.2.3").proxy === undefined).toBe(isStraight);
  });

  it.each([
    ["2001:db8::1", true],
    ["[2001:db8::1]", true],
    ["2001:DB8:0:0::1", true],
    ["[2001:db8::1]:443", true],
    ["[2001:db8::1]:8443", false],
    ["2001:db8::2", false],
    ["2001:db8::/32", true],
    ["[2001:db8::]/32", true],
    ["2001:db9::/32", false],
    ["::/0", true],
    ["::1", false],
    ["0.0.0.0/0", false],
    ["2001:db8::/129", false],
    ["2001:::1", false],
  ])("is straight where NO_PROXY names an address of IPv6: %s", (NO_PROXY, isStraight) => {
    expect(routesIn({ ...PROXY, NO_PROXY })("https://[2001:db8::1]").proxy === undefined).toBe(isStraight);
  });

  it("has the login of the proxy in its header, and nowhere in words", () => {
    const variables = { HTTPS_PROXY: "http://user:pa%24s@proxy.example.com" };
    const { proxy, words } = routesIn(variables)(HOST);
    expect(proxy).toEqual({ uri: "http://proxy.example.com", authorization: `Basic ${btoa("user:pa$s")}` });
    expect(words).not.toContain("pa");
    expect(proxySecrets(variables)).toEqual(["pa%24s", "pa$s"]);
  });

  it.each(["socks5://proxy:1080", "http://", "a b"])("is refused where it cannot be a proxy: %s", (HTTPS_PROXY) => {
    const message = "is no address of a proxy; write it as http://proxy.example.com:3128.";
    expect(proxyProblems({ HTTPS_PROXY })).toEqual([{ path: "HTTPS_PROXY", message }]);
  });
});
