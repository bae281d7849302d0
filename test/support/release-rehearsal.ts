// A small repository in which act executes the workflow of releases. What it calls outside is written down.
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { plainMachine } from "./machine.ts";

const ROOT = join(import.meta.dirname, "../..");
const WORKFLOW = ".github/workflows/release.yml";

export interface Rehearsal extends AsyncDisposable {
  /** As if that tag had been pushed; `more`: further options of act. */
  readonly run: (tag: string, more?: readonly string[]) => Promise<{ readonly code: number; readonly log: string }>;
  /** What was called, in order, without what differs from run to run. */
  readonly calls: () => Promise<readonly string[]>;
}

/** Opens one whose package.json has this version, with a section of the changelog for it. */
export async function openRehearsal(act: string, version: string): Promise<Rehearsal> {
  const home = await mkdtemp(join(tmpdir(), "partwatch-release-"));
  const [repository, bin, calls] = [join(home, "repository"), join(home, "bin"), join(home, "calls")];
  const write = async (path: string, text: string, mode = 0o644) => {
    await mkdir(dirname(join(home, path)), { recursive: true });
    await writeFile(join(home, path), text);
    await chmod(join(home, path), mode);
  };
  await write("calls", "");
  await write("repository/package.json", JSON.stringify({ name: "partwatch", version }));
  await write(
    "repository/CHANGELOG.md",
    `# Changelog\n\n## ${version} - 2027-01-31\n\nWhat is new.\n\n## 0.1.0\n\nOld.\n`,
  );
  await write("repository/.ci/run", 'echo "bash .ci/run" >> "$CALLS"\n');
  for (const file of ["scripts/release-check.cjs", WORKFLOW]) {
    await mkdir(dirname(join(repository, file)), { recursive: true });
    await copyFile(join(ROOT, file), join(repository, file));
  }
  await write("bin/npm", NPM, 0o755);
  await write("bin/gh", GH, 0o755);
  const env = {
    ...plainMachine(home),
    ...IDENTITY,
    PATH: [bin, dirname(process.execPath), process.env.PATH ?? ""].join(delimiter),
  };
  const git = (...args: readonly string[]) => promisify(execFile)("git", args, { cwd: repository, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=Release");
  await git("init", "--quiet", "--bare", join(home, "origin.git"));
  await git("remote", "add", "origin", join(home, "origin.git"));
  const standIns = await standInsFor(home, await readFile(join(ROOT, WORKFLOW), "utf8"));
  return {
    run: async (tag, more = []) => {
      const event = { ref: `refs/tags/${tag}`, repository: { full_name: "acme/partwatch", default_branch: "main" } };
      await write("event.json", JSON.stringify(event));
      const args = [
        ...["push", "--workflows", WORKFLOW, "--eventpath", join(home, "event.json")],
        ...["--platform", "ubuntu-latest=-self-hosted", "--no-skip-checkout", "--secret", "GITHUB_TOKEN=ghs_4f1d0b7a"],
        ...["--env", `CALLS=${calls}`, "--env", `STORE=${join(home, "store")}`, "--env", `REPOSITORY=${repository}`],
        ...["--env", "GITHUB_REPOSITORY=acme/partwatch", ...standIns, ...more],
        ...["--env-file", "--secret-file", "--var-file", "--input-file"].flatMap((flag) => [flag, join(home, "none")]),
      ];
      return promisify(execFile)(act, args, { cwd: repository, env, maxBuffer: 50_000_000 })
        .then(({ stdout, stderr }) => ({ code: 0, log: stdout + stderr }))
        .catch((error: unknown) => ({
          code: Number(Reflect.get(Object(error), "code")),
          log: `${Reflect.get(Object(error), "stdout")}${Reflect.get(Object(error), "stderr")}`,
        }));
    },
    calls: async () => (await readFile(calls, "utf8")).split("\n").filter((line) => line !== ""),
    [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

const IDENTITY = {
  GIT_AUTHOR_NAME: "Tess",
  GIT_AUTHOR_EMAIL: "tess@example.com",
  GIT_COMMITTER_NAME: "Tess",
  GIT_COMMITTER_EMAIL: "tess@example.com",
};

/** Options of act that put a folder in place of each action that the workflow names. */
async function standInsFor(home: string, workflow: string): Promise<readonly string[]> {
  const names = [...new Set([...workflow.matchAll(/uses: (\S+)/g)].map(([, name = ""]) => name))];
  const options: string[] = [];
  for (const name of names) {
    const [, short = ""] = /^actions\/([\w-]+)@/.exec(name) ?? [];
    const script = STAND_INS[short];
    if (script === undefined) throw new Error(`${name} has no stand-in`);
    const folder = join(home, "actions", short);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "action.yml"), actionOf(script));
    options.push("--local-repository", `${name}=${folder}`);
  }
  return options;
}

const STAND_INS: Readonly<Record<string, string>> = {
  checkout: 'test "$PERSIST" = false && cp -R "$REPOSITORY/." "$GITHUB_WORKSPACE/"',
  "upload-artifact": 'mkdir -p "$STORE" && cp -R "$FILES/." "$STORE/"',
  "download-artifact": 'mkdir -p "$FILES" && cp -R "$STORE/." "$FILES/"',
  "attest-build-provenance": 'test -f $SUBJECT && echo "attest" $SUBJECT >> "$CALLS"',
  "setup-node": "true",
};

function actionOf(script: string): string {
  const inputs = ["persist-credentials", "path", "subject-path", "name", "ref", "fetch-depth", "node-version"];
  const more = ["if-no-files-found", "retention-days", "package-manager-cache"];
  return `name: stand-in
description: Stands for an action of GitHub's
inputs:
${[...inputs, ...more].map((name) => `  ${name}: { description: x, default: "" }\n`).join("")}runs:
  using: composite
  steps:
    - shell: bash
      env: { PERSIST: "\${{ inputs.persist-credentials }}", FILES: "\${{ inputs.path }}", SUBJECT: "\${{ inputs.subject-path }}" }
      run: ${JSON.stringify(script)}
`;
}

const NPM = `#!/usr/bin/env bash
set -eu
version=$(node -p 'require("./package.json").version' 2>/dev/null || true)
case "$1" in
  pack) echo "npm pack" >> "$CALLS"; echo package > "$3/partwatch-$version.tgz" ;;
  ci) echo "npm $*" >> "$CALLS" ;;
  run) echo "npm run $2 $4" >> "$CALLS"; echo moved >> CHANGELOG.md ;;
  publish) test -f "$2"; test "$3" = --tag; echo "npm publish $4" >> "$CALLS" ;;
  *) exit 1 ;;
esac
`;

const GH = `#!/usr/bin/env bash
set -eu
test -n "$GH_TOKEN"
case "$1 $2" in
  "release create")
    files="" notes="" kind=""
    for word in "$@"; do
      case "$word" in *.tgz) files=$(basename "$word") ;; *notes.md) notes=$(cat "$word") ;; --latest|--prerelease) kind=$word ;; esac
    done
    echo "gh release create $3 $kind with $files: $notes" >> "$CALLS" ;;
  "api --method")
    if [ "$3" = PATCH ]; then exit 1; fi
    echo "gh api $(printf '%s\\n' "$@" | sed -n 's|^ref=refs/tags/||p')" >> "$CALLS" ;;
  "pr create")
    git ls-remote --exit-code origin "refs/heads/$6" > /dev/null
    echo "gh pr create $6" >> "$CALLS" ;;
  *) exit 1 ;;
esac
`;
