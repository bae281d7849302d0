import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../.ci/audit");

/** What .ci/audit says where `npm audit` answers that. Rejects where it is red. */
async function auditWith(answer: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "partwatch-audit-"));
  try {
    await writeFile(join(folder, "answer"), answer);
    await writeFile(join(folder, "npm"), `#!/bin/sh\ncat '${join(folder, "answer")}'\nexit 1\n`);
    await chmod(join(folder, "npm"), 0o755);
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    return (await promisify(execFile)("bash", [SCRIPT], { env })).stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

it("the audit of .ci/run says what it found, and that it could not be asked, and is never red", async () => {
  const found = {
    vulnerabilities: { left: { name: "left", severity: "high", range: "<2.0.0" } },
    metadata: { vulnerabilities: { high: 1, low: 2 }, dependencies: { total: 300 } },
  };
  expect(await auditWith(JSON.stringify(found))).toBe(
    "!!! high: left <2.0.0\nnpm audit asked: 0 critical, 1 high, 0 moderate, 2 low, of 300 packages.\n",
  );
  const refused = { message: "405 Method Not Allowed - POST https://registry.example/-/npm/v1/security" };
  expect(await auditWith(JSON.stringify(refused))).toBe(
    "!!! npm audit could NOT be asked (405 Method Not Allowed - POST the registry): nothing is known of the packages here.\n",
  );
  expect(await auditWith("npm ERR! network")).toContain("could NOT be asked (no answer)");
});
