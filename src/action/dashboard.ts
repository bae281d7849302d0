// The action dashboard/action.yml: a bundle of its own, so that no run of the checks loads the pages.
import { setFailed } from "@actions/core";
import { FailureError } from "../core/failure.ts";
import { escaped } from "../core/text/foreign-text.ts";
import { systemClock } from "../system/clock.ts";
import { systemRefusal } from "../system/fs-error.ts";
import { publishedPages } from "./command-dashboard.ts";
import { maskSecrets } from "./secrets.ts";

const { env } = process;
const secrets = maskSecrets(env);
try {
  await publishedPages({ env, clock: systemClock, secrets });
} catch (error) {
  const words = error instanceof FailureError ? error.message : systemRefusal(error);
  const bug = error instanceof Error ? (error.stack ?? error.message) : String(error);
  setFailed(escaped(words ?? bug));
}
