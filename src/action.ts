import * as core from "@actions/core";
import { checkWorkflows } from "./action/command-generate-check.ts";
import { runDue } from "./action/command-run.ts";
import { validateFiles } from "./action/command-validate.ts";
import { readInputs } from "./action/inputs.ts";
import { FailureError } from "./core/failure.ts";

try {
  const inputs = readInputs();
  const env = process.env;
  switch (inputs.command) {
    case "run":
      await runDue(inputs, env);
      break;
    case "validate":
      await validateFiles(inputs, env);
      break;
    case "generate-check":
      await checkWorkflows(inputs, env);
      break;
    default:
      inputs.command satisfies never;
  }
} catch (error) {
  if (error instanceof FailureError) core.setFailed(error.message);
  else core.setFailed(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
