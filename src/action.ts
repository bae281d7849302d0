import { setFailed } from "@actions/core";
import { runDue } from "./action/command-run.ts";
import { readInputs } from "./action/inputs.ts";
import { maskSecrets } from "./action/secrets.ts";
import { FailureError } from "./core/failure.ts";
import { escaped } from "./core/text/foreign-text.ts";
import { systemClock } from "./system/clock.ts";
import { systemRefusal } from "./system/fs-error.ts";
import { keepMemorySmall } from "./system/memory.ts";

keepMemorySmall();
const { env } = process;
const secrets = maskSecrets(env);
try {
  const inputs = readInputs(env);
  const command = { inputs, env, secrets, clock: systemClock };
  switch (inputs.command) {
    case "run":
      if (inputs.testMail) {
        const { examineSetup } = await import("./action/command-doctor.ts");
        await examineSetup(command);
      } else await runDue(command);
      break;
    case "validate": {
      const { validateFiles } = await import("./action/command-validate.ts");
      await validateFiles(command);
      break;
    }
    case "preview": {
      // Like the others: a run loads nothing of it.
      const { previewPullRequest } = await import("./action/command-preview.ts");
      await previewPullRequest(command);
      break;
    }
    case "generate-check": {
      const { checkWorkflows } = await import("./action/command-generate-check.ts");
      await checkWorkflows(command);
      break;
    }
    default:
      inputs.command satisfies never;
  }
} catch (error) {
  // What the user can fix is a plain message; a bug shows its stack.
  const words = error instanceof FailureError ? error.message : systemRefusal(error);
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
  setFailed(escaped(words ?? bug));
}
