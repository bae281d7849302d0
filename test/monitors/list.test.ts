import { join } from "node:path";
import { expect, test } from "vitest";
import { formatProblem } from "../../src/core/problem.ts";
import { defaultConfig } from "../../src/core/settings/config.ts";
import { readDotenv } from "../../src/monitors/dotenv.ts";
import { readList } from "../../src/monitors/read-list.ts";
import { NOW, withRepository } from "./folder.ts";

const listOf = (text: string) =>
  withRepository({ "plans/next.yaml": text }, (root) =>
    readList({ file: join(root, "plans/next.yaml"), root, config: defaultConfig(), now: NOW }),
  );

test("a list that is no monitor yet needs no name, cron or recipients", async () => {
  const { list, problems } = await listOf("parts: [{ name: A, quantity: 2 }]\npolicy: { on_order: count }\n");
  expect(problems).toEqual([]);
  expect(list).toMatchObject({
    name: "next",
    parts: [{ name: "A", quantity: 2 }],
    watch: [],
    policy: { on_order: "count", demand: "open_orders" },
    timezone: "UTC",
  });
});

test("a table is such a list, with the defaults of everything else", async () => {
  const table = "Bezeichnung;Menge\nChip;7\nSumme;7\n";
  const { list, problems } = await withRepository({ "plans/next.csv": table }, (root) =>
    readList({ file: join(root, "plans/next.csv"), root, config: defaultConfig(), now: NOW }),
  );
  expect(problems.map(formatProblem)).toEqual([
    "warning: plans/next.csv:3:1: is the total of the table and is not read.",
  ]);
  expect(list).toMatchObject({ name: "next", parts: [{ name: "Chip", quantity: 7 }], watch: [], timezone: "UTC" });
});

test("a whole monitor is such a list too, even with a cron that is not ready", async () => {
  const { list, problems } = await listOf('name: Plan\ncron_schedule: "later"\nparts: [{ pk: 1, quantity: 2 }]\n');
  expect(problems).toEqual([]);
  expect(list?.name).toBe("Plan");
});

test("what the list itself has wrong is told, and it is not calculated", async () => {
  const { list, problems } = await listOf("parts: [{ name: A, quantity: 0 }]\ntimezone: Berlin\n");
  expect(list).toBeUndefined();
  expect(problems.map(formatProblem)).toEqual([
    "plans/next.yaml:1:30 parts[0].quantity: must be above 0, not 0.",
    'plans/next.yaml:2:11 timezone: "Berlin" is not an IANA time zone; did you mean Europe/Berlin?',
  ]);
});

test("a list that is not there is told", async () => {
  const { problems } = await withRepository({}, (root) =>
    readList({ file: join(root, "no.yaml"), root, config: defaultConfig(), now: NOW }),
  );
  expect(problems.map(formatProblem)).toEqual(["no.yaml: does not exist."]);
});

test("settings may stand in .env", async () => {
  const text = `# Secrets
INVENTREE_URL=https://inventree.example.com
export EMAIL_PASSWORD="two words # no remark"
EMAIL_USERNAME='stock'   # a remark
EMAIL_SMTP_SERVER=smtp.example.com # a remark, see #4
EMAIL_SMTP_PORT="587"# a remark
EMAIL_USE_TLS=   # by default

EMAIL_SENDER_ADDRESS="a
b"
`;
  const { variables, problems } = await withRepository({ ".env": text }, dotenv);
  expect(problems).toEqual([]);
  expect(variables).toEqual({
    INVENTREE_URL: "https://inventree.example.com",
    EMAIL_PASSWORD: "two words # no remark",
    EMAIL_USERNAME: "stock",
    EMAIL_SMTP_SERVER: "smtp.example.com",
    EMAIL_SMTP_PORT: "587",
    EMAIL_USE_TLS: "",
    EMAIL_SENDER_ADDRESS: "a\nb",
  });
});

function dotenv(root: string, env: Readonly<Record<string, string>> = {}) {
  return readDotenv(root, env);
}

test.each([
  ...["GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS", "GITLAB_CI", "CI"].map((name) => [name, "true"] as const),
  ["CI", "1"] as const,
  ["CI", "woodpecker"] as const,
])(".env is part of what a workflow checks out, and not read where %s is %s", async (name, value) => {
  const read = await withRepository({ ".env": "A_URL=https://example.net\n1A=2\n" }, (root) =>
    dotenv(root, { [name]: value }),
  );
  expect(read).toEqual({ variables: {}, problems: [], unread: expect.stringContaining(`where ${name} is set`) });
});

test.each(["", "false", "0"])(".env is read where CI is %j", async (value) => {
  const read = await withRepository({ ".env": "A_URL=https://example.net\n" }, (root) => dotenv(root, { CI: value }));
  expect(read).toEqual({ variables: { A_URL: "https://example.net" }, problems: [] });
});

test("a password that .env would cut off is told instead", async () => {
  const text = [
    "EMAIL_PASSWORD=pa#geheim",
    "EMAIL_PASSWORD=#geheim",
    "EMAIL_PASSWORD='it''s geheim'",
    'EMAIL_PASSWORD="say \\"geheim\\""',
    'EMAIL_PASSWORD="pa#geheim"',
    "",
  ].join("\n");
  const { variables, problems } = await withRepository({ ".env": text }, dotenv);
  const cut = 'has a # in its value, and what follows would be left out; write NAME="value".';
  const goesOn = "goes on behind its closing quote; put quotes of another kind around it.";
  expect(problems.map(formatProblem)).toEqual([
    `.env:1: ${cut}`,
    `.env:2: ${cut}`,
    `.env:3: ${goesOn}`,
    `.env:4: ${goesOn}`,
  ]);
  expect(variables.EMAIL_PASSWORD).toBe("pa#geheim");
});

test("bad lines of .env are told without what stands in them; no .env is no problem", async () => {
  const text = 'INVENTREE_API_TOKEN inv-geheim\nEMAIL_PASSWORD="geheim\n1A=2\nEMAIL_SMTP_PORT=587\n';
  const { problems } = await withRepository({ ".env": text }, dotenv);
  expect(problems.map(formatProblem)).toEqual([
    ".env:1: is not a setting; write NAME=value, or # before a comment.",
    ".env:2: opens a quote that nothing closes.",
    ".env:3: is not a setting; write NAME=value, or # before a comment.",
  ]);
  expect(await withRepository({}, dotenv)).toEqual({ variables: {}, problems: [] });
});
