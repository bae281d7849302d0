import { expect, it } from "vitest";
import { openOffice } from "../support/people-fixture.ts";
import { boardList } from "../support/small-product.ts";

it("a list that is deleted while a run may still be sending for it is forgotten once nobody can be", async () => {
  await using office = await openOffice({
    "monitors/board.yaml": boardList(),
    "monitors/cable.yaml": boardList({ name: "Cable" }),
  });
  const { workspace } = office;
  await office.run(23);
  // Its run dies, or is still at work: of what it sent only the claims are known.
  await workspace.git("update-ref", "refs/heads/partwatch-state", "partwatch-state~1");
  await workspace.git("update-ref", "refs/partwatch/clone/partwatch-state", "partwatch-state");
  await workspace.remove("monitors/cable.yaml");
  expect(await office.run(24)).toMatchObject({ forgotten: [] });
  expect(await workspace.state("state/cable.json")).toMatchObject({ sending: { email: {} } });
  expect(await office.run(25, { takeOver: true })).toMatchObject({ forgotten: ["cable"] });
  expect(await workspace.git("ls-tree", "-r", "--name-only", "partwatch-state")).not.toContain("cable");
});
