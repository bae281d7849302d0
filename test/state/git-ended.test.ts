import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gitIn } from "../../src/state/git.ts";
import { thisMachine } from "../support/machine.ts";

it("a git that takes too long is not waited for any longer, though what it started goes on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-git-"));
  try {
    // Its helper keeps git's own stderr open as long as the folder is there, which is longer than until the answer.
    const helper = join(folder, "helper");
    await writeFile(helper, `#!/bin/sh\nwhile [ -d "${folder}" ]; do sleep 0.05; done\n`, { mode: 0o755 });
    const { run } = gitIn(folder, thisMachine());
    const asked = ["-c", "protocol.ext.allow=always", "ls-remote", `ext::${helper}`];
    const answer = await run(asked, { timeoutMs: 500 });
    expect(answer.stderr).toContain("(ended after 0.5 s)");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
