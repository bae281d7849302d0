import { configDefaults, defineConfig } from "vitest/config";

/** The parts of the suite, which run side by side; the suite ends with what each took (test/support/closing-line.ts). */
const parts: Record<string, { include: string[]; exclude?: string[]; isolate?: boolean }> = {
  // What changes nothing outside of its own test shares the modules that it has loaded.
  unit: { include: ["test/core/**/*.test.ts", "test/guards/**/*.test.ts"], isolate: false },
  adapters: {
    include: ["test/{contract,demo,faults,fuzz,generate,github,inventree,monitors,notify,state,system}/**/*.test.ts"],
    exclude: ["test/github/action/**"],
    isolate: false,
  },
  scenarios: { include: ["test/scenarios/**/*.test.ts"], isolate: false },
  // Runs that are killed at every moment, and random schedules of them.
  crash: { include: ["test/crash/**/*.test.ts"] },
  browser: { include: ["test/browser/**/*.test.ts"] },
  // Workflows by an engine, the bundled action as a runner starts it, and the runs that a matrix starts side by side.
  engine: { include: ["test/engine/**/*.test.ts", "test/github/action/**/*.test.ts"], isolate: false },
};

export default defineConfig({
  test: {
    // Runs wait for servers and for time to pass more than they count: two cores have room for four.
    maxWorkers: 4,
    // Where nobody looks on, only what failed, and what the tests themselves say.
    reporters: [process.stdout.isTTY ? "default" : ["minimal", { silent: false }], "./test/support/closing-line.ts"],
    projects: Object.entries(parts).map(([name, { include, exclude = [], isolate = true }]) => ({
      test: {
        name,
        include,
        isolate,
        exclude: [...configDefaults.exclude, ...exclude],
        environment: "node",
        // Safety nets: a busy machine is no failure.
        testTimeout: 300_000,
        hookTimeout: 300_000,
        server: { deps: { inline: [/@actions\//] } },
      },
    })),
  },
});
