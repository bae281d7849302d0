import { DEFAULT_CHANNELS } from "../../src/core/channels.ts";
import { DEFAULT_POLICY, type Monitor } from "../../src/core/monitor.ts";
import type { Change } from "../../src/core/notification/change.ts";
import type { Alert } from "../../src/core/notification/state.ts";
import type { Notification } from "../../src/notify/channel.ts";
import { report } from "./fixture-report.ts";

export const AT = new Date("2026-11-20T06:10:00Z");
export const HASH = "5f2c9e0b7a41d3866f0e2b1c9d8a7f6e5d4c3b2a190807f6e5d4c3b2a1908070";

export function monitor(changes: Partial<Monitor> = {}): Monitor {
  return {
    id: "sensor-board",
    file: "monitors/sensor-board.yaml",
    name: "Sensor board, next 25",
    description: "Everything for the December batch of the field sensor.",
    tags: [],
    active: true,
    cron_schedule: "10 7 * * 1-5",
    timezone: "Europe/Berlin",
    parts: [
      { name: "Sensor Board", version: "B", quantity: 25 },
      { ipn: "CBL-0007", quantity: 50 },
      { name: "Mounting Bracket XL", quantity: 25 },
    ],
    watch: [],
    recipients: ["stock@example.com", "purchasing@example.com"],
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
    ...changes,
  };
}

const CHANGE: Change = {
  kind: "changed",
  rows: [
    {
      sort: "new",
      kind: "short",
      part: 32,
      name: "Connector M12, 5-pin, A-coded, panel mount, rear fastened, gold plated",
      before: null,
      now: 58,
    },
    { sort: "worsened", kind: "short", part: 33, name: "Wire AWG 24, red", before: 2.5, now: 12.2 },
    { sort: "improved", kind: "short", part: 31, name: "MCU STM32L072RBT6", before: 61, now: 21 },
    { sort: "resolved", kind: "short", part: 36, name: "Enclosure IP67", before: 5, now: null },
  ],
  listEdited: false,
};

const ALERTS: readonly Alert[] = [
  {
    part: 31,
    name: "MCU STM32L072RBT6",
    kind: "short",
    state: "active",
    since: "2026-11-12T06:10:00Z",
    quantity: 21,
    message: "",
    seen_at: AT.toISOString(),
  },
  {
    part: 32,
    name: "Connector M12",
    kind: "short",
    state: "active",
    since: AT.toISOString(),
    quantity: 58,
    message: "",
    seen_at: AT.toISOString(),
  },
  {
    part: 33,
    name: "Wire",
    kind: "short",
    state: "resolved",
    since: "2026-01-01T06:10:00Z",
    quantity: 1,
    message: "",
    seen_at: AT.toISOString(),
    resolved_at: AT.toISOString(),
  },
];

export function notification(changes: Partial<Notification> = {}): Notification {
  return {
    monitor: monitor(),
    report: report(),
    change: CHANGE,
    hash: HASH,
    seq: 7,
    episode: { number: 3, open: true, since: "2026-11-12T06:10:00Z" },
    alerts: ALERTS,
    at: AT,
    links: {
      inventree: "https://inventree.example.com",
      repository: "acme/sensor-kit",
      monitorFile: "https://github.com/acme/sensor-kit/blob/main/monitors/sensor-board.yaml",
      run: "https://github.com/acme/sensor-kit/actions/runs/42",
    },
    ...changes,
  };
}
