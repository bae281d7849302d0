// What is spoiled. It stands here, so that the same seed is the same text as long as nobody changes this file.

export const LISTS: readonly string[] = [
  `name: Sensor board, next 25
cron_schedule: "10 7 * * 1-5"
timezone: Europe/Berlin
parts:
  - { name: Sensor Board, version: B, quantity: 25 }
  - { ipn: CBL-0007, quantity: 50 }
recipients: [stock@example.com]
`,
  `# Ask Kim before you change this.
name: Boards
description: The next batch.
cron_schedule: "0 6 * * *"   # before the first shift
language: de
recipients:
  - stock@example.com
  - Kim <kim@example.com>
parts:
  - name: Board
    quantity: 10   # the next batch
    needed_by: 2026-12-24
  - pk: 12
    quantity: 2.5
policy:
  stock: { locations: [Main], exclude: [Quarantine] }
  demand: open_orders
channels: { webhook: { url_env: STOCK_URL, format: slack } }
`,
  `name: Screws
cron_schedule: "0 7 * * mon"
watch:
  - { name: Screw M3, below: 500 }
  - category: Fasteners
silences:
  - { name: Nut, until: 2026-12-01, reason: ordered }
`,
  'name: All\ncron_schedule: "30 6 * * 1"\nlists: all\nnotify_condition: digest\nactive: false\n',
];

export const SETTINGS: readonly string[] = [
  `language: en
timezone: Europe/Berlin
recipients: [stock@example.com]
allowed_recipients: [example.com]
mail: { sender_name: Stock, combine: true }
inventree: { time_budget: 300, max_requests: 2000 }
`,
  `state: { branch: partwatch-state }
instances:
  - { label: berlin, url_env: BERLIN_URL, token_env: BERLIN_TOKEN }
shards: 4
schedule: { mode: tick, tick: "7,22 * * * *" }
workflow:
  runs_on: [self-hosted, linux]
  timeout_minutes: 30
`,
];

export const TABLES: readonly string[] = [
  'name,version,quantity\nBoard,,25\n\n# a remark\n"Nut, M3",,100\n',
  "Quantity;IPN;Name\r\n25;;Board\r\n1,5;IC-1;\r\n",
  "part,qty\nBoard,25\nipn=IC-1,1.5\n#12,3\n",
  '"Level","Name","Qty","Total"\n"1","Board","2","2"\n"1.1","Chip","1","2"\n',
  '[\n\t{ "name": "Board", "quantity": 25 },\n\t"Nut, M3:100"\n]',
  "- name: Board\n  quantity: 25\n- ipn: IC-1 # a remark\n  quantity: 1.5\n",
];
