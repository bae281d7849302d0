// What the documentation tells people to type is typed here.
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { sampleTables } from "../../demo/sample/tables.ts";
import { plainMachine } from "../support/machine.ts";
import { type Fence, type Page, ROOT, readPages } from "../support/pages.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const pages = await readPages();
const runnable = pages.map((page) => ({ ...page, fences: page.fences.filter(({ language }) => language === "sh") }));

/**
 * README's two install the whole and run it: CI does what they say, word for word. The others serve until somebody ends them:
 * the tests of the local UI start, use and end it.
 */
const LEFT_OUT = [
  "npm ci && npm run demo\n",
  "npm ci && npm test\n",
  "partwatch ui --open\n",
  "npm run demo -- --ui\n",
];

/** Pages that begin in an empty repository; the others begin in one with lists. */
const FROM_NOTHING = ["docs/getting-started.md"];

/** What a line begins with that somebody may want to copy into a shell. */
const COMMAND =
  /^(?:\$ |> |#!|(?:sudo |[A-Z_]+=\S+ )*(?:partwatch|node|npm|npx|yarn|pnpm|git|gh|cd|ls|cat|cp|mv|rm|mkdir|touch|echo|export|source|curl|wget|docker|podman|kubectl|systemctl|journalctl|crontab|openssl|dig|bash|sh|python3?|pip|apt|apt-get|brew|make|act)(?:\s|$))/;

/** A repository with the example lists and a remote, the sample's InvenTree, a mail server, and `partwatch` on the path. */
async function openReaderAt(page: string): Promise<{ readonly workspace: Workspace; readonly env: NodeJS.ProcessEnv }> {
  const workspace = await openWorkspace({
    files: { "README.md": "Our lists\n", ".gitignore": ".env\n" },
    inventree: { tables: sampleTables({ today: new Date().toISOString().slice(0, 10) }) },
  });
  const home = dirname(workspace.root);
  const bin = join(home, "bin");
  await mkdir(bin);
  const program = join(ROOT, "dist/cli.mjs");
  await writeFile(join(bin, "partwatch"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(join(bin, "partwatch"), 0o755);
  if (!FROM_NOTHING.includes(page)) {
    await cp(join(ROOT, "monitors"), join(workspace.root, "monitors"), { recursive: true });
    await cp(join(ROOT, "partwatch.yaml"), join(workspace.root, "partwatch.yaml"));
    await cp(join(ROOT, ".github/workflows"), join(workspace.root, ".github/workflows"), {
      recursive: true,
      filter: (path) => !/(?:ci|release)\.yml$/.test(path),
    });
    await cp(join(ROOT, "schemas"), join(workspace.root, "schemas"), { recursive: true });
    await workspace.git("add", "--all");
    await workspace.git("commit", "--quiet", "--message=Add the example lists");
  }
  await workspace.git("init", "--quiet", "--bare", "--initial-branch=main", join(home, "origin.git"));
  await workspace.git("remote", "add", "origin", join(home, "origin.git"));
  await workspace.git("push", "--quiet", "origin", "main");
  const { inventree, sink } = workspace;
  const env = {
    ...plainMachine(home),
    PATH: [bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
    GIT_AUTHOR_NAME: "Tess",
    GIT_AUTHOR_EMAIL: "tess@example.com",
    GIT_COMMITTER_NAME: "Tess",
    GIT_COMMITTER_EMAIL: "tess@example.com",
    INVENTREE_URL: inventree.url,
    INVENTREE_API_TOKEN: inventree.token,
    EMAIL_SMTP_SERVER: sink.host,
    EMAIL_SMTP_PORT: String(sink.port),
    EMAIL_USE_TLS: "false",
    EMAIL_SENDER_ADDRESS: "partwatch@example.com",
    ADMIN_EMAIL_RECIPIENTS: "admin@example.com",
  };
  return { workspace, env };
}

describe.concurrent("the commands that the documentation shows", () => {
  const withCommands = runnable
    .map(({ path, fences }) => ({ path, fences: fences.filter(({ body }) => !LEFT_OUT.includes(body)) }))
    .filter(({ fences }) => fences.length > 0);

  it("are there", () => {
    expect(withCommands.length).toBeGreaterThan(5);
    expect(runnable.flatMap(({ fences }) => fences.map(({ body }) => body))).toEqual(expect.arrayContaining(LEFT_OUT));
  });

  it.each(withCommands)("work from the first to the last, in $path", async ({ path, fences }) => {
    const { workspace, env } = await openReaderAt(path);
    await using _closed = workspace;
    for (const { body, line } of fences) {
      const place = `${path}:${line}\n${body}`;
      const ran = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", body], {
        cwd: workspace.root,
        env,
      }).catch((error: unknown) => {
        const [stdout, stderr] = [Reflect.get(Object(error), "stdout"), Reflect.get(Object(error), "stderr")];
        throw new Error(`${place}\n${stdout}\n${stderr}`, { cause: error });
      });
      expect(ran.stderr, place).not.toMatch(/^\s+at .*\.mjs/m);
    }
  });
});

describe("the documentation", () => {
  it("shows nothing to type but in fences that are tested", () => {
    const untested = pages.flatMap(({ path, fences }) =>
      fences.filter(({ language }) => language !== "sh").flatMap((fence) => commandsIn(path, fence)),
    );
    expect(untested).toEqual([]);
  });

  it.each(["partwatch run\n", "$ ls\n", "\n  npx --yes x\n", "NAME=1 node a.js\n", "sudo systemctl start x\n"])(
    "would be found out where it hides a command: %j",
    (body) => {
      expect(commandsIn("a.md", { language: "text", body, line: 1 })).toHaveLength(1);
    },
  );

  it("is linked to from README, every page of it", () => {
    const [readme] = pages;
    const linked = new Set(
      [...(readme?.text ?? "").matchAll(/\]\((docs\/(?:start\/)?[\w-]+\.md)/g)].map(([, page]) => page),
    );
    expect(pages.map(({ path }) => path).filter((path) => path !== "README.md" && !linked.has(path))).toEqual([]);
  });

  it("has no link that leads nowhere", async () => {
    const broken = await Promise.all(pages.flatMap((page) => linksIn(page).map((link) => brokenLink(page, link))));
    expect(broken.filter((link) => link !== undefined)).toEqual([]);
  });

  it("quotes only messages that the program really has", async () => {
    const sources = await sourceText();
    const quoted = pages.flatMap(({ path, text }) => (QUOTING.includes(path) ? quotedIn(text) : []));
    expect(quoted.length).toBeGreaterThan(60);
    expect(quoted.filter((words) => !sources.includes(words) && !NOT_OURS.includes(words))).toEqual([]);
  });

  it("shows settings that are taken as they stand", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const examples = pages.flatMap(({ path, fences }) =>
      CONFIGURING.includes(path)
        ? fences.filter(({ language, body }) => language === "yaml" && isConfig(parse(body))).map(({ body }) => body)
        : [],
    );
    expect(examples.length).toBeGreaterThan(7);
    for (const example of examples) {
      await workspace.write("partwatch.yaml", example);
      const { stdout, stderr, code } = await workspace.partwatch(["validate"]);
      expect(code, `${example}\n${stdout}${stderr}`).toBe(0);
    }
  });
});

function commandsIn(path: string, { body, line }: Fence): readonly string[] {
  const [first = ""] = body.split("\n").filter((text) => text.trim() !== "");
  return COMMAND.test(first.trim()) ? [`${path}:${line}: ${first.trim()}`] : [];
}

function linksIn({ text }: Page): readonly string[] {
  const outside = text.replace(/^(\s*)(`{3,}).*\n[\s\S]*?\n\1\2$/gm, "").replace(/`[^`\n]*`/g, "");
  return [...outside.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^https?:/.test(link));
}

async function brokenLink({ path, text }: Page, link: string): Promise<string | undefined> {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? join(ROOT, path) : join(ROOT, dirname(path), file);
  const isFolder = (await stat(target).catch(() => undefined))?.isDirectory() === true;
  const there = file === "" ? text : isFolder ? "" : await readFile(target, "utf8").catch(() => undefined);
  if (there === undefined) return `${path}: ${link}`;
  return anchor === undefined || anchorsIn(there).includes(anchor) ? undefined : `${path}: ${link}`;
}

/** As GitHub makes them of headings. */
function anchorsIn(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

const QUOTING = ["docs/troubleshooting.md", "docs/mail.md"];
/** Said by others: GitHub, and what stands for a number. */
const NOT_OURS = ["is not allowed to deploy", "5xx"];
const CONFIGURING = [
  "docs/github.md",
  "docs/instances.md",
  "docs/self-hosted.md",
  "docs/schedulers.md",
  "docs/gitea.md",
  "docs/gitlab.md",
  "docs/heartbeat.md",
  "docs/start/your-own-copy.md",
];

/** What is in italics in the first column of a table, in pieces between `…`. */
function quotedIn(text: string): readonly string[] {
  const cells = text.split("\n").flatMap((line) => /^\| (.*?) \| /.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) =>
    [...cell.matchAll(/\*([^*]+)\*/g)].flatMap(([, words = ""]) =>
      words
        .split("…")
        .map((piece) => piece.trim())
        .filter((piece) => piece.length > 2),
    ),
  );
}

function isConfig(value: unknown): boolean {
  const sections = ["workflow", "state", "inventree", "schedule", "instances", "shards", "heartbeat"];
  return typeof value === "object" && value !== null && Object.keys(value).every((name) => sections.includes(name));
}

/** All sources as one text, with what a template puts in left out. */
async function sourceText(): Promise<string> {
  const files = await readdir(join(ROOT, "src"), { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile() && /\.(?:ts|cjs)$/.test(file.name));
  const own = names.map((file) => relative(ROOT, join(file.parentPath, file.name)));
  const texts = await Promise.all([...own, "bin/node24.cjs"].map((file) => readFile(join(ROOT, file), "utf8")));
  return texts.join("\n").replaceAll(/\\`/g, "`");
}
