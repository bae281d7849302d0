/** What GitHub says of the workflow run; see its default environment variables. */
export interface ActionContext {
  readonly repository: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  /** Short name of the branch or tag, or `12/merge`. */
  readonly refName: string;
  readonly refType: string;
  readonly runUrl: string | undefined;
  readonly summaryPath: string | undefined;
}

/** Reads them; absent ones are what github.com has. */
export function actionContext(env: Readonly<Record<string, string | undefined>>): ActionContext {
  const serverUrl = (env.GITHUB_SERVER_URL || "https://github.com").replace(/\/+$/, "");
  const repository = env.GITHUB_REPOSITORY ?? "";
  const apiUrl = (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
  return {
    repository,
    serverUrl,
    apiUrl,
    graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql`,
    refName: env.GITHUB_REF_NAME ?? "",
    refType: env.GITHUB_REF_TYPE ?? "branch",
    runUrl:
      env.GITHUB_RUN_ID === undefined || env.GITHUB_RUN_ID === ""
        ? undefined
        : `${serverUrl}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`,
    summaryPath: env.GITHUB_STEP_SUMMARY || undefined,
  };
}
