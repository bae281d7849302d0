import type { Spent } from "./deps.ts";
import type { Times } from "./stopwatch.ts";

/** What a run has cost, in two sentences: `InvenTree: 11 requests, 0 retries, 912 KiB, 1.9 s.` and where time went. */
export function budgetWords(spent: Spent, times: Times): readonly [string, string] {
  const asked = `${spent.requests} requests, ${spent.retries} retries, ${(spent.bytes / 1024).toFixed(0)} KiB`;
  const { server, calculation, mail, state } = times;
  return [
    `InvenTree: ${asked}, ${seconds(server)}.`,
    `Calculation ${seconds(calculation)}, mail ${seconds(mail)}, state ${seconds(state)}.`,
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
