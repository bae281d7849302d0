import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronOf } from "../../../src/core/schedule/cron.ts";
import { githubCron } from "../../../src/core/workflow/cron.ts";
import { cases } from "../../support/cases.ts";
import { filesFor, monitor, runText, scheduleOf } from "./sample.ts";

describe("a cron is written so that GitHub reads what the user meant", () => {
  it.each([
    ["10 7 * * 1-5", "10 7 * * 1-5"],
    ["  10   7 * *  1-5 ", "10 7 * * 1-5"],
    ["*/15 8-17/3 1,15 * *", "*/15 8-17/3 1,15 * *"],
    ["05 07 01 * *", "5 7 1 * *"],
    ["10 7 * * MON-FRI", "10 7 * * 1-5"],
    ["10 7 * JAN,mar-may SUN", "10 7 * 1,3-5 0"],
    ["10 7 * * 7", "10 7 * * 0"],
    ["10 7 * * SAT-SUN", "10 7 * * 0,6"],
    ["10 7 * * 5-1", "10 7 * * 0-1,5-6"],
    ["10 22-6/2 * * *", "10 0,2,4,6,22 * * *"],
    ["10 7 * 11-2 *", "10 7 * 1-2,11-12 *"],
    ["10 7 * * 5-7", "10 7 * * 0,5-6"],
    ["10 7 * * 0-3", "10 7 * * 0-3"],
    ["20/15 * * * *", "20-59/15 * * * *"],
    ["10 7 */10 * *", "10 7 */10 * *"],
    ["10 7 */10 * 1", "10 7 1,11,21,31 * 1"],
    ["10 7 1 * */2", "10 7 1 * 0,2,4,6"],
    ["10 7 * * */2", "10 7 * * */2"],
  ])("%s becomes %s", (cron, written) => {
    expect(githubCron(cronOf(cron))).toBe(written);
  });
});

describe("the schedule of the workflow in mode exact", () => {
  it("has one entry for monitors with the same cron and zone, and names both", () => {
    const text = runText([
      monitor({
        file: "monitors/b.yaml",
        name: "Cables",
        cron_schedule: "10 7 * * MON-FRI",
        timezone: "Europe/Berlin",
      }),
      monitor({ timezone: "Europe/Berlin" }),
    ]);
    expect(scheduleOf(text)).toEqual([{ cron: "23 */6 * * *" }, { cron: "10 7 * * 1-5", timezone: "Europe/Berlin" }]);
    expect(text).toContain(
      `    # monitors/a.yaml: Sensor board\n    # monitors/b.yaml: Cables\n    - cron: "10 7 * * 1-5"\n      timezone: "Europe/Berlin"\n`,
    );
  });

  it("has one entry for the digest of all lists that are in it", () => {
    const digest = { cron: "40 7 * * MON", timezone: "Europe/Berlin" };
    const text = runText([monitor({ digest }), monitor({ file: "monitors/b.yaml", digest }), monitor()]);
    expect(scheduleOf(text)).toEqual([
      { cron: "10 7 * * 1-5" },
      { cron: "23 */6 * * *" },
      { cron: "40 7 * * 1", timezone: "Europe/Berlin" },
    ]);
    expect(text).toContain("# partwatch.yaml: the digest of 2 lists\n");
    expect(scheduleOf(runText([monitor({ digest, active: false })]))).toEqual([{ cron: "23 */6 * * *" }]);
  });

  it("has two entries for the same cron in two zones", () => {
    const text = runText([monitor({ timezone: "Europe/Berlin" }), monitor({ timezone: "Asia/Tokyo" }), monitor()]);
    expect(scheduleOf(text)).toEqual([
      { cron: "10 7 * * 1-5" },
      { cron: "23 */6 * * *" },
      { cron: "10 7 * * 1-5", timezone: "Asia/Tokyo" },
      { cron: "10 7 * * 1-5", timezone: "Europe/Berlin" },
    ]);
  });

  it.each(["UTC", "Etc/UTC", "GMT", "Etc/GMT", "Etc/GMT0", "Zulu", "Etc/Universal"])(
    "names no zone for %s",
    (timezone) => {
      expect(scheduleOf(runText([monitor({ timezone })]))).toContainEqual({ cron: "10 7 * * 1-5" });
    },
  );

  it("names the zone where it only looks like UTC", () => {
    const [, entry] = scheduleOf(runText([monitor({ timezone: "Etc/GMT+5" })]));
    expect(entry).toEqual({ cron: "10 7 * * 1-5", timezone: "Etc/GMT+5" });
  });

  it("leaves inactive monitors out", () => {
    expect(scheduleOf(runText([monitor({ active: false })]))).toEqual([{ cron: "23 */6 * * *" }]);
  });

  it("has no schedule at all without active monitors and catch-up, and can still be started by hand", () => {
    const text = runText([], { schedule: { catch_up: "off" } });
    expect(text).not.toContain("schedule:");
    expect(text).toContain("  workflow_dispatch:\n");
  });

  it("has one entry where a monitor's cron is that of the catch-up, for both reasons", () => {
    const text = runText([monitor({ cron_schedule: "23 */6 * * *" })]);
    expect(scheduleOf(text)).toEqual([{ cron: "23 */6 * * *" }]);
    expect(text).toMatch(/# monitors\/a\.yaml: Sensor board\n {4}# Catches up/);
  });

  it("takes another catch-up", () => {
    expect(scheduleOf(runText([], { schedule: { catch_up: "41 3 * * MON" } }))).toEqual([{ cron: "41 3 * * 1" }]);
  });
});

describe("the schedule of the workflow in mode tick", () => {
  it.each([
    ["mode tick", { mode: "tick" }],
    ["GitHub Enterprise Server", { target: "ghes" }],
    ["GitHub Enterprise Server in mode exact", { target: "ghes", mode: "exact" }],
  ] as const)("%s has one tick for all monitors and the catch-up, and no zone", (_, schedule) => {
    const text = runText([monitor({ timezone: "Europe/Berlin" }), monitor({ cron_schedule: "5 5 * * *" })], {
      schedule,
    });
    expect(scheduleOf(text)).toEqual([{ cron: "23 */6 * * *" }, { cron: "7,22,37,52 * * * *" }]);
    expect(text).toContain("# The tick of all active monitors.");
    const another = monitor({ name: "Other", file: "monitors/other.yaml", cron_schedule: "9 9 * * 2" });
    expect(runText([another], { schedule })).toBe(text);
  });

  it("takes another tick", () => {
    const schedule = { mode: "tick", tick: "13,43 6-18 * * *", catch_up: "off" } as const;
    expect(scheduleOf(runText([monitor()], { schedule }))).toEqual([{ cron: "13,43 6-18 * * *" }]);
  });
});

describe("what is unwise about a schedule", () => {
  const problemsOf = (...input: Parameters<typeof filesFor>) => filesFor(...input).problems;

  it("is nothing for an ordinary one", () => {
    expect(problemsOf([monitor(), monitor({ timezone: "Europe/Berlin" })])).toEqual([]);
  });

  it.each([
    ["0 7 * * *", "write 7 7 * * *, say."],
    ["*/20 * * * *", "leave minute 0 out."],
    ["0,30 7 * * *", "leave minute 0 out."],
  ])("is minute 0 in %s, which is written all the same", (cron_schedule, fix) => {
    const files = filesFor([monitor({ cron_schedule })]);
    expect(files.problems).toEqual([
      {
        file: "monitors/a.yaml",
        path: "cron_schedule",
        severity: "warning",
        message: expect.stringContaining(`"${cron_schedule}" starts at minute 0`),
      },
    ]);
    expect(files.problems[0]?.message).toContain(fix);
    expect(runText([monitor({ cron_schedule })])).toContain(`- cron: "${cron_schedule}"`);
  });

  it("is not minute 0 of a monitor that a tick serves", () => {
    expect(problemsOf([monitor({ cron_schedule: "0 7 * * *" })], { schedule: { mode: "tick" } })).toEqual([]);
  });

  it("is minute 0 in tick and catch-up", () => {
    const schedule = { mode: "tick", tick: "*/10 * * * *", catch_up: "0 5 * * *" } as const;
    const paths = problemsOf([], { schedule }).map(({ path, severity }) => `${path} ${severity}`);
    expect(paths).toEqual(["schedule.tick warning", "schedule.catch_up warning"]);
  });

  it.each([
    ["1-59/2 * * * *", "2 minutes"],
    ["7,9 3 * * *", "2 minutes"],
    ["2,58 * * * *", "4 minutes"],
    ["2,59 0,23 * * 1-5", "3 minutes"],
    ["1-59 3 * * *", "1 minute"],
  ])("is a tick that GitHub would never start: %s", (tick, apart) => {
    expect(problemsOf([], { schedule: { mode: "tick", tick } })).toEqual([
      {
        file: "partwatch.yaml",
        path: "schedule.tick",
        message: `"${tick}" asks for starts ${apart} apart; GitHub takes that and never starts it. Leave at least 5 minutes.`,
      },
    ]);
  });

  it.each(["7,12 3 * * *", "58 23 * * *", "2,57 * * * *", "2,59 0,23 * * 1", "7 7 29 2 *"])(
    "is no tick with five minutes between its starts: %s",
    (tick) => {
      expect(problemsOf([], { schedule: { mode: "tick", tick } })).toEqual([]);
    },
  );

  it("is a tick that is no cron, in words", () => {
    const [problem] = problemsOf([], { schedule: { mode: "tick", tick: "@hourly" } });
    expect(problem).toMatchObject({ file: "partwatch.yaml", path: "schedule.tick" });
    expect(problem?.message).toContain('"@hourly"');
    expect(problem?.severity).toBeUndefined();
  });

  it("is more than twenty distinct crons, not more than twenty monitors", () => {
    const many = (count: number) =>
      Array.from({ length: 30 }, (_, index) => monitor({ cron_schedule: `${1 + (index % count)} 7 * * *` }));
    expect(problemsOf(many(20))).toEqual([]);
    const [problem] = problemsOf(many(21));
    expect(problem).toMatchObject({ file: "partwatch.yaml", path: "schedule.mode", severity: "warning" });
    expect(problem?.message).toContain("21 distinct crons");
    expect(problem?.message).toContain("tick");
  });

  it("is mode exact on a server that knows no zones", () => {
    const [problem] = problemsOf([monitor()], { schedule: { target: "ghes", mode: "exact" } });
    expect(problem).toMatchObject({ path: "schedule.mode", severity: "warning" });
    expect(problemsOf([monitor()], { schedule: { target: "ghes" } })).toEqual([]);
  });
});

describe("whatever the monitors are", () => {
  it("each active one's occurrences are those of an entry in its zone, and no two entries are the same", () => {
    const law = fc.property(fc.array(anyMonitor(), { maxLength: 12 }), (monitors) => {
      const entries = scheduleOf(runText(monitors, { schedule: { catch_up: "off" } }));
      const keys = entries.map(({ cron, timezone = "UTC" }) => `${cron} ${timezone}`);
      expect(new Set(keys).size).toBe(keys.length);
      const known = entries.map(({ cron, timezone = "UTC" }) => occurrences(cron, timezone));
      for (const { active, cron_schedule, timezone } of monitors) {
        if (active) expect(known).toContain(occurrences(cron_schedule, timezone));
      }
    });
    fc.assert(law, cases(200));
  });

  it("their order, and which of them are inactive, does not move a byte", () => {
    const shuffled = fc
      .uniqueArray(anyMonitor(), { selector: ({ file }) => file, maxLength: 12 })
      .chain((monitors) =>
        fc.tuple(fc.constant(monitors), fc.shuffledSubarray(monitors, { minLength: monitors.length })),
      );
    const law = fc.property(shuffled, ([monitors, others]) => {
      expect(runText(others)).toBe(runText(monitors));
      expect(runText(monitors.filter(({ active }) => active))).toBe(runText(monitors));
    });
    fc.assert(law, cases(200));
  });
});

/** The next occurrences by a cron reader that is not ours; the day fields as POSIX has them. */
function occurrences(cron: string, tz: string): string {
  const expression = CronExpressionParser.parse(cron, { tz, currentDate: new Date("2027-03-20T00:00:00Z") });
  return `${tz} ${expression
    .take(6)
    .map((date) => date.toISOString())
    .join(" ")}`;
}

function anyMonitor() {
  return fc.record({
    file: fc.stringMatching(/^monitors\/[a-z]{1,3}\.yaml$/),
    name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    active: fc.boolean(),
    cron_schedule: anyCron(),
    timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"),
  });
}

function anyCron() {
  const day = fc.constantFrom("*", "1", "10-20", "1,15", "*/7", "5/10");
  const month = fc.constantFrom("*", "1-6", "JAN", "feb-APR,12", "*/3");
  const weekday = fc.constantFrom("*", "1-5", "MON-FRI", "7", "SUN", "5-7", "sat", "*/3", "06");
  const minute = fc.constantFrom("7", "07", "10,40", "*/15", "20/15", "59");
  const hour = fc.constantFrom("*", "7", "08", "6-18/4", "*/6");
  return fc.tuple(minute, hour, day, month, weekday).map((fields) => fields.join(" "));
}
