// What CI has no time for: kills, random schedules and spoiled texts without end, others each time. `npm run soak -- 2000` plays
// 2,000 schedules, kills 400 processes in each place and spoils 640,000 texts; the seeds that it prints play the same again
// (PARTWATCH_SEED).
import { spawnSync } from "node:child_process";

const VITEST = "node_modules/vitest/vitest.mjs";
const schedules = Number(process.argv[2] ?? "1000");
const seed = process.env.PARTWATCH_SEED ?? String(Math.floor(Date.now() / 1000) % 1_000_000_000);

console.log(`${schedules} schedules from seed ${seed}`);
const { status } = spawnSync(process.execPath, [VITEST, "run", "test/crash", "test/fuzz"], {
  stdio: "inherit",
  env: {
    ...process.env,
    PARTWATCH_SEED: seed,
    PARTWATCH_SCHEDULES: String(schedules),
    PARTWATCH_KILLS: String(Math.ceil(schedules / 5)),
    PARTWATCH_FUZZ: String(schedules * 500),
    PARTWATCH_RUNS_IN_CLONES: "24",
    PARTWATCH_RUNS_OF_ONE_LIST: "16",
  },
});
process.exitCode = status ?? 1;
