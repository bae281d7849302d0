import { configDefaults, defineConfig } from "vitest/config";

/** The parts of the suite, which run side by side; the suite ends with what each took (test/support/closing-line.ts). */
const parts: Record<string, { include: string[]; exclude?: string[] }> = {
  unit: { include: ["test/core/**/*.test.ts", "test/guards/**/*.test.ts"] },
  adapters: {
    include: ["test/{contract,demo,generate,github,inventree,monitors,notify,state,system}/**/*.test.ts"],
    exclude: ["test/github/action/**"],
  },
  scenarios: { include: ["test/scenarios/**/*.test.ts"] },
  browser: { include: ["test/browser/**/*.test.ts"] },
  // Workflows by an engine, the bundled action as a runner starts it, and the runs that a matrix starts side by side.
  engine: { include: ["test/engine/**/*.test.ts", "test/github/action/**/*.test.ts"] },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ["default", "./test/support/closing-line.ts"],
    projects: Object.entries(parts).map(([name, { include, exclude = [] }]) => ({
      test: {
        name,
        include,
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
