import { describe, expect, it } from "vitest";
import type { Status } from "../../src/app/status.ts";
import { statusMetrics } from "../../src/app/status-metrics.ts";
import { boardList, onDay } from "../support/small-product.ts";
import { openWorkspace } from "../support/workspace.ts";

type Labels = Readonly<Record<string, string>>;

/** Series by name and labels, of text that is OpenMetrics: each family once, its lines together, in order, then `# EOF`. */
function parsed(text: string): ReadonlyMap<string, readonly (readonly [Labels, number])[]> {
  expect(text.endsWith("\n# EOF\n") || text === "# EOF\n").toBe(true);
  const families = new Map<string, (readonly [Labels, number])[]>();
  let current = "";
  let head: string[] = [];
  for (const line of text.slice(0, -"# EOF\n".length).split("\n").slice(0, -1)) {
    const [, kind = "", name = "", words = ""] = /^# (TYPE|UNIT|HELP) ([a-z_]+) (.+)$/.exec(line) ?? [];
    if (kind === "TYPE") {
      expect([words, families.has(name)]).toEqual(["gauge", false]);
      families.set(name, []);
      [current, head] = [name, ["TYPE"]];
    } else if (kind !== "") {
      expect([name, families.get(name)?.length, head.includes(kind)]).toEqual([current, 0, false]);
      if (kind === "UNIT") expect(name.endsWith(`_${words}`)).toBe(true);
      head.push(kind);
    } else {
      const [, own, labels = "", value] =
        /^([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\S+)$/.exec(line) ?? [];
      expect([own, Number.isFinite(Number(value))], line).toEqual([current, true]);
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = "", written = ""]) => [
        key,
        written.replace(/\\(.)/g, (_, sign: string) => (sign === "n" ? "\n" : sign)),
      ]);
      families.get(current)?.push([Object.fromEntries(pairs), Number(value)]);
    }
  }
  return families;
}

describe("status as metrics", () => {
  it("says of each list what was found and when, and nothing of what is not known", async () => {
    const files = {
      "monitors/board.yaml": boardList(),
      "monitors/young.yaml": boardList({ name: 'Late "boards" \\ and\\nmore', active: "false" }),
    };
    await using workspace = await openWorkspace({ files });
    expect(await workspace.partwatch(["run", ...onDay(23)])).toMatchObject({ code: 0 });
    await workspace.write("monitors/torn.yaml", "name: [\n");
    const { code, stdout } = await workspace.partwatch(["status", "--format", "openmetrics", ...onDay(25)]);
    const json = JSON.parse((await workspace.partwatch(["status", "--format", "json", ...onDay(25)])).stdout) as Status;
    expect(code).toBe(0);
    const families = parsed(stdout);
    const board = json.monitors.find(({ id }) => id === "board");
    const seconds = (instant: string | null | undefined) => Date.parse(instant ?? "") / 1000;
    const known = Object.fromEntries(
      [...families].flatMap(([name, samples]) =>
        samples.flatMap(([{ monitor }, value]) =>
          monitor === "board" ? [[name.replace("partwatch_", ""), value]] : [],
        ),
      ),
    );
    expect(known).toEqual({
      monitor_info: 1,
      monitor_active: 1,
      parts_short: 1,
      parts_critical: 0,
      parts_to_build: 1,
      coverage_ratio: 0.5,
      last_check_failed: 0,
      last_check_timestamp_seconds: seconds(board?.last_run?.finished_at),
      last_complete_check_timestamp_seconds: seconds(board?.last_success_at),
      last_notification_timestamp_seconds: seconds(board?.notified_at),
      next_check_timestamp_seconds: seconds(board?.next_run),
      check_overdue: 1,
    });
    expect(families.get("partwatch_monitor_info")).toContainEqual([
      { monitor: "young", name: 'Late "boards" \\ and\\nmore', file: "monitors/young.yaml" },
      1,
    ]);
    const young = [...families].filter(([, samples]) => samples.some(([{ monitor }]) => monitor === "young"));
    expect(young.map(([name]) => name)).toEqual([
      "partwatch_monitor_info",
      "partwatch_monitor_active",
      "partwatch_check_overdue",
    ]);
    expect(families.get("partwatch_broken_files")).toEqual([[{}, 1]]);
    expect(families.get("partwatch_messages_sending")).toEqual([[{}, 0]]);
  });

  it("has since when something is broken, until it is over", async () => {
    await using workspace = await openWorkspace({ files: { "monitors/board.yaml": boardList() } });
    workspace.inventree.faults.add({ fault: { kind: "answer", status: 403, body: { detail: "no" } } });
    await workspace.partwatch(["run", ...onDay(23)]);
    const ask = async () => parsed((await workspace.partwatch(["status", "--format", "openmetrics"])).stdout);
    const broken = await ask();
    expect(broken.get("partwatch_incident_since_timestamp_seconds")).toMatchObject([
      [{ incident: "default/refused" }, expect.any(Number)],
    ]);
    expect(broken.get("partwatch_last_check_failed")).toEqual([[{ monitor: "board" }, 1]]);
    expect(broken.has("partwatch_parts_short")).toBe(false);
    workspace.inventree.faults.clear();
    await workspace.partwatch(["run", "--all", ...onDay(24)]);
    expect((await ask()).has("partwatch_incident_since_timestamp_seconds")).toBe(false);
  });

  it("of an empty repository is valid as well, and contradicting options are refused", async () => {
    await using workspace = await openWorkspace({ files: {} });
    const { stdout } = await workspace.partwatch(["status", "--format", "openmetrics"]);
    expect([...parsed(stdout).keys()]).toContain("partwatch_broken_files");
    expect((await workspace.partwatch(["status", "--json", "--format", "openmetrics"])).code).toBe(2);
  });

  it("keeps a name on its line, whatever it holds", () => {
    const nothing: Status = {
      monitors: [],
      broken_files: [],
      without_file: [],
      sending: [],
      incidents: {},
      broken_state: [],
    };
    const incident = { since: "2026-11-20T06:10:00Z", cause: "x", opened: {} };
    const key = 'a\n# EOF\nb"} 7 \u202e\\';
    const families = parsed(statusMetrics({ ...nothing, incidents: { [key]: incident } }));
    const [[labels] = [{}]] = families.get("partwatch_incident_since_timestamp_seconds") ?? [];
    expect(labels).toEqual({ incident: 'a # EOF b"} 7 \uFFFD\\' });
  });
});
