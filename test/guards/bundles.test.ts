import { expect, it } from "vitest";
import { bytesWithoutMail } from "../bench/bundle.ts";

it("a run of the action that tells nobody loads no more than 1.3 MB", async () => {
  const bytes = await bytesWithoutMail();
  expect(bytes).toBeGreaterThan(500_000);
  expect(bytes).toBeLessThanOrEqual(1_300_000);
});
