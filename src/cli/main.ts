import { keepMemorySmall } from "../system/memory.ts";
import { processIo } from "./io.ts";
import { runProgram } from "./program.ts";

// A pipe that is closed early (`partwatch status | head`) is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

keepMemorySmall();
process.exitCode = await runProgram(process.argv.slice(2), processIo());
