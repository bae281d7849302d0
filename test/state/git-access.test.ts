import { expect, it } from "vitest";
import { accessVariables } from "../../src/state/git-access.ts";

const access = { token: "4f1d0b7a", serverUrl: "https://git.example.com" };
const header = `AUTHORIZATION: basic ${btoa("x-access-token:4f1d0b7a")}`;

it("a token goes to its server as the one header of that address, beside what the environment sets already", () => {
  const url = "https://git.example.com/acme/lists";
  expect(accessVariables(url, { access, environment: { GIT_CONFIG_COUNT: "1" } })).toEqual({
    GIT_CONFIG_COUNT: "3",
    GIT_CONFIG_KEY_1: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_1: "",
    GIT_CONFIG_KEY_2: `http.${url}.extraHeader`,
    GIT_CONFIG_VALUE_2: header,
  });
});

it.each([
  "https://git.example.com.evil.example/acme/lists",
  "http://git.example.com/acme/lists",
  "https://git.example.com@evil.example/acme/lists",
  "git@git.example.com:acme/lists.git",
  "/srv/lists.git",
  "",
])("it goes to no other: %s", (url) => {
  expect(accessVariables(url, { access, environment: {} })).toEqual({});
});
