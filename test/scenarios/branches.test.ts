import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

const files = { "monitors/a.yaml": boardList({ name: "A" }), "monitors/b.yaml": boardList({ name: "B" }) };

describe.concurrent("a run", () => {
  it("on a branch that is not the default one tells and remembers nothing, unless it is told to", async () => {
    await using workspace = await openWorkspace({ files });
    await workspace.git("switch", "--quiet", "--create", "feature");
    const dry = await workspace.partwatch(["run", ...onDay(23)]);
    expect(dry).toMatchObject({ code: 0, errText: expect.stringContaining("not the default branch") });
    expect(workspace.sink.mails()).toEqual([]);
    await expect(workspace.git("rev-parse", "partwatch-state")).rejects.toThrow();
    expect(await workspace.partwatch(["run", "--any-branch", ...onDay(23)])).toMatchObject({ code: 0 });
    expect(workspace.sink.mails()).toHaveLength(2);
  });

  it("on another branch never forgets a list that is only on the default one", async () => {
    await using workspace = await openWorkspace({ files });
    // As a hook of another repository starts it: which repository is meant, the folder says.
    const elsewhere = { GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index", GIT_WORK_TREE: "/nowhere" };
    await workspace.partwatch(["run", ...onDay(23)], { env: elsewhere });
    await workspace.git("switch", "--quiet", "--create", "feature");
    await workspace.remove("monitors/b.yaml");
    await workspace.partwatch(["run", "--any-branch", "--all", ...onDay(24)]);
    expect(await workspace.git("ls-tree", "--name-only", "partwatch-state", "state/")).toContain("state/b.json");
  });

  it("in a folder without lists forgets none", async () => {
    await using workspace = await openWorkspace({ files: { ...files, "monitors/broken.yaml": "name: [\n" } });
    await workspace.partwatch(["run", ...onDay(23)]);
    await workspace.write("sub/README.md", "Nothing here.\n");
    await workspace.partwatch(["run", ...onDay(24)], { cwd: "sub" });
    const remembered = await workspace.git("ls-tree", "--name-only", "partwatch-state", "state/");
    expect(remembered.split("\n")).toEqual(["state/a.json", "state/b.json"]);
  });

  it("takes a setting from .env where the environment's is empty", async () => {
    await using workspace = await openWorkspace({ files });
    await workspace.write(".env", "INVENTREE_URL=http://127.0.0.1:9\n");
    const run = await workspace.partwatch(["calc", "Board:1"], { env: { INVENTREE_URL: "" } });
    expect(run).toMatchObject({ code: 1, stderr: expect.not.stringContaining("is not set") });
  });
});

describe.concurrent("init", () => {
  it("writes nothing that would have to be mended first", async () => {
    await using workspace = await openWorkspace({ files: { "README.md": "Lists\n" } });
    const wrong = await workspace.partwatch(["init", "--recipients", "nobody", "--schedule", "61 7 * * *"]);
    expect(wrong).toMatchObject({ code: 1, outText: expect.stringContaining("minute must be 0-59") });
    const nobody = await workspace.partwatch(["init", "--parts", "Board:10"]);
    expect(nobody).toMatchObject({ code: 2, errText: expect.stringContaining("--recipients") });
    expect(await workspace.git("status", "--porcelain")).toBe("");
    const list = ["--parts", "Board:10,ipn=IC-1:2.5", "--recipients", "stock@example.com, buy@example.com"];
    const right = await workspace.partwatch(["init", ...list, "--timezone", "Europe/Berlin"]);
    expect(right).toMatchObject({ code: 0, outText: expect.stringContaining("wrote monitors/first-list.yaml") });
    expect(parse(await readFile(join(workspace.root, "monitors/first-list.yaml"), "utf8"))).toMatchObject({
      parts: [
        { name: "Board", quantity: 10 },
        { ipn: "IC-1", quantity: 2.5 },
      ],
      recipients: ["stock@example.com", "buy@example.com"],
    });
    expect(await workspace.partwatch(["validate"])).toMatchObject({ code: 0 });
    expect(await workspace.partwatch(["generate", "--check"])).toMatchObject({ code: 0 });
  });

  it("offers what makes a new folder a repository, and names what shows everything before anything is sent", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const options = ["--root", "../outside", "init", "--name", "Sensor board"];
    const first = await workspace.partwatch(options);
    expect(first.outText).toMatch(/1\. Make this folder a Git repository:\s+git init --initial-branch=main/);
    expect(first.outText).toMatch(
      /2\. Write your parts.* file \.env, [\s\S]*partwatch doctor\s+partwatch preview sensor-board\s/,
    );
    const outside = join(workspace.root, "../outside");
    expect(await readFile(join(outside, ".gitignore"), "utf8")).toBe(".env\nout/\n");
    const second = await workspace.partwatch([...options, "--git"]);
    expect(second.outText).not.toContain("git init");
    expect(await readFile(join(outside, ".git/HEAD"), "utf8")).toBe("ref: refs/heads/main\n");
    expect(second.outText).not.toContain("--target was not used");

    const gitea = await workspace.partwatch(["--root", "../gitea", "init", "--target", "gitea"]);
    expect(gitea.outText).toMatch(/Tell Gitea where [\s\S]* Actions, Secrets and Variables/);
    expect(gitea.outText).not.toMatch(/^ *gh /m);
    const config = parse(await readFile(join(workspace.root, "../gitea/partwatch.yaml"), "utf8"));
    expect(config).toMatchObject({
      schedule: { target: "gitea" },
      workflow: { action: expect.stringMatching(/^https:|^\.\//) },
    });
    expect(await workspace.partwatch(["--root", "../gitea", "validate"])).toMatchObject({ code: 0 });
  });

  it("keeps what is there, and says which of its options it did not use", async () => {
    await using workspace = await openWorkspace({ files });
    const json: unknown = JSON.parse((await workspace.partwatch(["init", "--json"])).stdout);
    expect(json).toMatchObject({ written: expect.arrayContaining(["partwatch.yaml"]), usedFirst: false });
    const run = await workspace.partwatch(["init", "--name", "C"]);
    expect(run).toMatchObject({ code: 0, outText: expect.stringContaining("--name were not used") });
    expect(await workspace.git("ls-files", "--others", "monitors")).toBe("");
  });

  it("says in words what stands in its way", async () => {
    await using workspace = await openWorkspace({ files: { schemas: "a file, not a folder\n" } });
    await symlink("nowhere", join(workspace.root, "partwatch.yaml"));
    const { code, stdout, stderr, errText } = await workspace.partwatch(["init"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(errText).toMatch(
      /schemas: cannot be read or written \(EEXIST: .*\); check what is there, and its permissions\.\n$/,
    );
    expect(stderr).not.toContain("    at ");
  });
});
