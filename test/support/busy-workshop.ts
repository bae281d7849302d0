// A workshop with lists of all kinds, after two weeks of checks: what the pages in the browser have to show.
import { withItemLeft } from "../../demo/inventree/changes.ts";
import { deliveryArrives, reelRunsOut } from "../../demo/sample/events.ts";
import { sampleTables } from "../../demo/sample/tables.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const LISTS: Readonly<Record<string, string>> = {
  "partwatch.yaml": "timezone: Europe/Berlin\nrecipients: [stock@example.com]\ninventree: { time_budget: 5 }\n",
  "monitors/sensor-board.yaml": `name: Sensor board, next 25
description: The next batch of sensor boards, with the cables that go with them. Questions to kim@example.com.
cron_schedule: "10 7 * * 1-5"
parts:
  - { name: Sensor Board, version: B, quantity: 25 }
  - { ipn: CBL-0007, quantity: 50 }
`,
  "monitors/spring.yaml": `name: Fernwarte-Stationen, Frühjahr
description: Was die Frühjahrsserie braucht.
language: de
cron_schedule: "40 6 * * *"
parts: [{ name: Fernwarte Station 868, quantity: 40 }, { name: Antenna 433 MHz, quantity: 4 }]
silences: [{ part: Vent gasket, reason: "Kommt von Hand", until: 2027-01-31 }]
`,
  "monitors/service-spares.yaml": `name: Field service spares
cron_schedule: "0 6 * * *"
watch: [{ part: SHT45-AD1B, minimum: 2000 }, { part: Antenna 868 MHz, minimum: 500 }, { part: VEML7700, minimum: 5 }]
`,
  "monitors/repair.yaml": `name: Radio modules for repair
cron_schedule: "0 7 * * 1-5"
parts: [{ name: Radio Module, quantity: 2 }]
`,
  "monitors/cables.yaml": `name: Cable sets, monthly
cron_schedule: "0 8 1 * *"
parts: [{ name: Screw M4 × 16 A2, quantity: 100 }]
`,
  "monitors/fair.yaml": `name: Trade fair kits
active: false
cron_schedule: "0 7 3 * *"
parts: [{ name: Screw M4 × 16 A2, quantity: 1 }]
`,
};

/** A list that cannot be used. */
export const BROKEN_LIST: readonly [path: string, text: string] = [
  "monitors/gateway-pilot.yaml",
  'name: Gateway pilot, 4 units\ncron_schedule: "61 7 * * *"\nparts: [{ name: Fernwarte Gateway, quantity: 4 }]\n',
];

/** The morning after its last check. */
export const MORNING = "2026-11-27T09:00:00+01:00";

/** Two weeks of mornings; the last checks stand on Friday 27 November. */
export async function openBusyWorkshop(): Promise<Workspace> {
  const workspace = await openWorkspace({ files: LISTS, inventree: { tables: sampleTables({ today: "2026-11-23" }) } });
  const morning = (day: string) => workspace.partwatch(["run", "--now", `2026-11-${day}T07:15:00+01:00`]);
  for (const day of ["12", "13", "16", "18"]) await morning(day);
  workspace.inventree.change(deliveryArrives.change);
  for (const day of ["19", "20"]) await morning(day);
  workspace.inventree.change(reelRunsOut.change);
  await morning("23");
  workspace.inventree.change((tables) => {
    const sensor = tables.parts.find(({ name }) => name === "SX1262IMLTRT");
    const [item] = tables.stockItems.filter(({ part }) => part === sensor?.pk);
    return item === undefined ? tables : withItemLeft(tables, { item: item.pk, quantity: 0 });
  });
  await morning("25");
  await workspace.partwatch(["ack", "sensor-board", "ipn=CAP-0001"]);
  await workspace.partwatch(["ack", "sensor-board", "ipn=SEN-0003", "--dismiss", "--until", "2026-12-31"]);
  await workspace.partwatch(["run", "--now", "2026-11-27T07:15:00+01:00"]);
  await workspace.write(...BROKEN_LIST);
  return workspace;
}
