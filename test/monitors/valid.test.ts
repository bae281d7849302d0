import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_CHANNELS } from "../../src/core/channels.ts";
import { DEFAULT_POLICY } from "../../src/core/monitor.ts";
import { readMonitors } from "../../src/monitors/read.ts";
import { GOOD, NOW, readFiles } from "./folder.ts";

test("a list loads with every default filled in", async () => {
  const { monitors, problems, broken } = await readFiles({ "monitors/sensor-board.yaml": GOOD });
  expect(problems).toEqual([]);
  expect(broken).toEqual([]);
  expect(monitors).toEqual([
    {
      id: "sensor-board",
      file: "monitors/sensor-board.yaml",
      name: "Sensor board, next 25",
      description: "",
      tags: [],
      active: true,
      cron_schedule: "10 7 * * 1-5",
      timezone: "Europe/Berlin",
      parts: [
        { name: "Sensor Board", version: "B", quantity: 25 },
        { ipn: "CBL-0007", quantity: 50 },
      ],
      watch: [],
      recipients: ["stock@example.com"],
      notify_condition: "on_change",
      language: "en",
      policy: DEFAULT_POLICY,
      significance: {},
      remind_after_ms: null,
      for: 1,
      recover: 1,
      max_lateness_ms: null,
      digest: null,
      needed_by: null,
      lead_times: {},
      suppliers: { prefer: [], avoid: [] },
      order_soon_days: null,
      silences: [],
      channels: DEFAULT_CHANNELS,
      instance: "default",
    },
  ]);
});

test("a list says of itself what partwatch.yaml would say otherwise, field by field", async () => {
  const config = `
timezone: America/New_York
language: de
notify_condition: always
remind_after: 7d
max_lateness: 6h
recipients: [everybody@example.com]
policy: { demand: allocated, stock: { exclude: [expired] } }
significance: { min_change: 5% }
`;
  const own = `${GOOD.replace("recipients: [stock@example.com]\n", "").replace("timezone: Europe/Berlin\n", "")}
policy: { demand: none, stock: { locations: [Main] } }
significance: { ignore: [improved] }
remind_after: 2w
`;
  const { monitors, problems } = await readFiles({ "partwatch.yaml": config, "monitors/a.yaml": own });
  expect(problems).toEqual([]);
  expect(monitors[0]).toMatchObject({
    timezone: "America/New_York",
    language: "de",
    notify_condition: "always",
    recipients: ["everybody@example.com"],
    remind_after_ms: 14 * 86_400_000,
    max_lateness_ms: 6 * 3_600_000,
    needed_by: null,
    lead_times: {},
    suppliers: { prefer: [], avoid: [] },
    order_soon_days: null,
    policy: { demand: "none", stock: { locations: ["Main"], exclude: ["expired"] }, on_order: "report" },
    significance: { min_change: "5%", ignore: ["improved"] },
  });
});

test("both endings are read, folders below and hidden files are not", async () => {
  const { monitors, problems } = await readFiles({
    "monitors/b.yml": GOOD,
    "monitors/a.yaml": GOOD,
    "monitors/.hidden.yaml": "nonsense: [",
    "monitors/old/c.yaml": "nonsense: [",
    "monitors/README.md": "# Lists",
  });
  expect(monitors.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(problems).toEqual([]);
});

test("an id of its own survives whatever the file is called, a UUID in capitals too", async () => {
  const { monitors, problems } = await readFiles({
    "monitors/Ein Name.yaml": `id: 0F8FAD5B-D9CB-469F-A165-70867728950E\n${GOOD}`,
    "monitors/b.yaml": `id: old.name_1\n${GOOD}`,
  });
  expect(problems).toEqual([]);
  expect(monitors.map(({ id }) => id)).toEqual(["0F8FAD5B-D9CB-469F-A165-70867728950E", "old.name_1"]);
});

test("a byte order mark, Windows line ends and anchors disturb nobody", async () => {
  const windows = `\ufeff${GOOD.replaceAll("\n", "\r\n")}`;
  const anchors = GOOD.replace("quantity: 25", "quantity: &n 25").replace("quantity: 50", "quantity: *n");
  const { monitors, problems } = await readFiles({ "monitors/a.yaml": windows, "monitors/b.yaml": anchors });
  expect(problems).toEqual([]);
  expect(monitors.map(({ parts }) => parts.map(({ quantity }) => quantity))).toEqual([
    [25, 50],
    [25, 25],
  ]);
});

test("watch rules may stand instead of parts, the same part may stand twice, and mail may be switched off", async () => {
  const watching = `name: Reels
cron_schedule: "10 7 * * *"
watch: [{ category: Passives/Reels, minimum: 2 }, { all: true }, { part: 12, location: Main }]
channels: { email: { active: false } }
`;
  const twice = GOOD.replace("ipn: CBL-0007", "name: Sensor Board, version: B");
  const { monitors, problems } = await readFiles({ "monitors/a.yaml": watching, "monitors/b.yaml": twice });
  expect(problems.map(({ severity, file, line }) => [severity, file, line])).toEqual([
    ["warning", "monitors/b.yaml", 6],
  ]);
  expect(monitors.map(({ parts, watch }) => [parts.length, watch.length])).toEqual([
    [0, 3],
    [2, 0],
  ]);
});

test("the lists of this repository are valid", async () => {
  const { monitors, problems } = await readMonitors({ root: join(import.meta.dirname, "../.."), now: NOW });
  expect(problems).toEqual([]);
  expect(monitors.length).toBeGreaterThanOrEqual(2);
});
