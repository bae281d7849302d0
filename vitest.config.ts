import { defineConfig } from "vitest/config";

/** The parts of the suite, each with a time of its own in CI (scripts/test.ts). */
const parts: Record<string, { include: string[] }> = {
  unit: { include: ["test/core/**/*.test.ts", "test/guards/**/*.test.ts"] },
  adapters: { include: ["test/{contract,demo,generate,github,inventree,monitors,notify,state,system}/**/*.test.ts"] },
  scenarios: { include: ["test/scenarios/**/*.test.ts"] },
  browser: { include: ["test/browser/**/*.test.ts"] },
  engine: { include: ["test/engine/**/*.test.ts"] },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: Object.entries(parts).map(([name, { include }]) => ({
      test: {
        name,
        include,
        environment: "node",
        testTimeout: 60_000,
        hookTimeout: 60_000,
        server: { deps: { inline: [/@actions\//] } },
      },
    })),
  },
});
