import { closeAfterEach, githubApi } from "../support/github-api/fixture.ts";
import { describeStateStore } from "./conformance.ts";
import { branch, open } from "./github-store.ts";
import { openRepository } from "./repository.ts";

closeAfterEach();

describeStateStore("a branch on GitHub", async () => {
  const server = await githubApi();
  return {
    repository: openRepository(server.repository.dir),
    branch,
    open: (options) => open(server, options).store,
    close: async () => {},
  };
});
