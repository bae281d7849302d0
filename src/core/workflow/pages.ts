import type { Problem } from "../problem.ts";
import type { Config } from "../settings/config.ts";
import { type ActionReference, actionReference, type WorkflowSettings } from "../settings/workflow-settings.ts";
import { forgeName } from "./forge-name.ts";
import { quoted, runnerText, usesText } from "./yaml.ts";

const UPLOAD = actionReference("actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0");
const DEPLOY = actionReference("actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0");

/** Where the pages are written, in the job's checkout. */
const FOLDER = "partwatch-dashboard";
const LISTS = ["/monitors/", "/partwatch.yaml"] as const;

/**
 * The job that writes the dashboard and publishes it, after the checks. It sees no secret: the pages are made from the lists and
 * the state branch. `isOneJob`: the checks are not shared by several jobs, and it knows whether anything was checked.
 */
export function publishJobText(workflow: WorkflowSettings, { isOneJob }: { readonly isOneJob: boolean }): string {
  const { action, checkout, branch, runsOn } = workflow;
  const isHere = action.uses.startsWith("./");
  const sparse = `          sparse-checkout: |
${LISTS.map((path) => `            ${path}\n`).join("")}          sparse-checkout-cone-mode: false
`;
  const conditions = [
    "!cancelled()",
    "needs.check.result != 'skipped'",
    `github.ref_name == '${branch.replaceAll("'", "''")}'`,
    ...(isOneJob ? ["needs.check.outputs.checked != '0'"] : []),
  ];
  return `
  publish:
    name: Publish the dashboard
    needs: check
    # A check that failed is news, too${isOneJob ? "; where nothing was due, nothing is new" : ""}.
    if: ${quoted(`\${{ ${conditions.join(" && ")} }}`)}
    runs-on: ${runnerText(runsOn)}
    timeout-minutes: 10
    concurrency:
      group: partwatch-pages
    permissions:
      contents: read # checks out the lists, and reads the state branch
      pages: write # publishes the pages
      id-token: write # proves to GitHub Pages which workflow they are from
    environment:
      name: github-pages
      url: \${{ steps.publish.outputs.page_url }}
    steps:
      - name: Check out the monitors
        uses: ${usesText(checkout)}
        with:
          persist-credentials: false # state is read through the API
${isHere ? "" : sparse}      - name: Write the pages
        uses: ${usesText(dashboardAction(action))}
        with:
          out: ${FOLDER}
      - name: Hand the pages over
        uses: ${usesText(UPLOAD)}
        with:
          path: ${FOLDER}
      - name: Publish the pages
        id: publish
        uses: ${usesText(DEPLOY)}
`;
}

/** The action of the pages lies beside the one that checks: `owner/name/dashboard@…`. */
function dashboardAction({ uses, version }: ActionReference): ActionReference {
  const [, path = uses, ref = ""] = /^([^@]+?)\/*(@\S+)?$/.exec(uses) ?? [];
  return { uses: `${path}/dashboard${ref}`, version };
}

/** What keeps the dashboard from being published. */
export function pagesProblems({
  dashboard,
  schedule,
  workflow,
}: Pick<Config, "dashboard" | "schedule" | "workflow">): readonly Problem[] {
  if (!dashboard.pages) return [];
  const path = "dashboard.pages";
  if (schedule.target !== "github") {
    const where = forgeName(schedule.target);
    const message = `the workflow publishes on GitHub Pages, and ${where} has none that it could use. Let a web server show what partwatch dashboard writes (docs/dashboard.md), and remove this line.`;
    return [{ file: CONFIG, path, message }];
  }
  if (!workflow.action.uses.startsWith("docker:")) return [];
  const message =
    "a container cannot write the pages; name an action in workflow.action (owner/name@commit), or remove this line.";
  return [{ file: CONFIG, path, message }];
}

const CONFIG = "partwatch.yaml";
