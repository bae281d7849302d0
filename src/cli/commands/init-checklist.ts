// What to do by hand after `partwatch init`, once.

import { own } from "../../core/records.ts";
import { fileNameFor } from "../../core/settings/monitor-id.ts";
import type { ScheduleTarget } from "../../core/settings/workflow-settings.ts";
import { fitCommand } from "../../core/text/fit-lines.ts";
import { forgeName } from "../../core/workflow/forge-name.ts";

/** The steps in their order; commands are never broken, so that they can be copied. */
export function checklist(options: {
  readonly name: string;
  /** Absent: the first list is an example. */
  readonly parts?: readonly string[];
  /** false: there is no Git repository yet. */
  readonly isInGit: boolean;
  readonly target: ScheduleTarget;
  readonly columns: number;
}): string {
  const { name, parts, isInGit, target, columns } = options;
  const lists = parts === undefined ? "Write your parts into monitors/" : "Look at the list in monitors/";
  const id = fileNameFor(name).replace(/\.yaml$/, "");
  const steps = [
    ...(isInGit ? [] : [git(target)]),
    look({ lists, id }),
    settings(target),
    review(target),
    push(target),
  ].map((step, index) => `${index + 1}. ${step}`);
  const isCommand = (line: string) => /^ {3}(gh|git|partwatch) /.test(line);
  return `\nWhat is left to do:\n\n${steps.join("\n")}`
    .split("\n")
    .map((line) => (isCommand(line) ? fitCommand(line, columns) : line))
    .join("\n");
}

function git(target: ScheduleTarget): string {
  const host = target === "github" ? "github.com" : "git.example.com";
  return `Make this folder a Git repository:

   git init --initial-branch=main
   git remote add origin https://${host}/OWNER/REPOSITORY.git
`;
}

function look({ lists, id }: { readonly lists: string; readonly id: string }): string {
  return `${lists}. To see from here what would be sent, write the settings of the next step into a file .env, one NAME=value a line (Git ignores it):

   partwatch doctor
   partwatch preview ${id}
`;
}

function settings(target: ScheduleTarget): string {
  const forge = forgeName(target);
  return `Tell ${forge} where InvenTree and the mail server are${PLACES[target]}. The token's user needs to view parts, bills of material, build, purchase and sales orders, and nothing more; partwatch doctor names the roles that are missing.

${forge === "GitHub" ? GH : NAMES}
   Microsoft 365 takes no password from programs; docs/mail.md has the steps for OAuth2, with it and with Gmail.
`;
}

const ACTIONS = ", in the repository's settings under Actions, Secrets and Variables";
const PLACES: Readonly<Record<ScheduleTarget, string>> = {
  github: "",
  ghes: "",
  gitea: ACTIONS,
  forgejo: ACTIONS,
  gitlab: ", in the project's settings under CI/CD, Variables",
};

const GH = `   gh variable set INVENTREE_URL --body https://inventree.example.com
   gh secret set INVENTREE_API_TOKEN
   gh variable set EMAIL_SMTP_SERVER --body smtp.example.com
   gh variable set EMAIL_SMTP_PORT --body 587
   gh variable set EMAIL_USE_TLS --body true
   gh secret set EMAIL_USERNAME
   gh secret set EMAIL_PASSWORD
   gh variable set EMAIL_SENDER_ADDRESS --body partwatch@example.com
   gh variable set ADMIN_EMAIL_RECIPIENTS --body admin@example.com
`;

const NAMES = `   INVENTREE_URL           https://inventree.example.com
   INVENTREE_API_TOKEN     (secret)
   EMAIL_SMTP_SERVER       smtp.example.com
   EMAIL_SMTP_PORT         587
   EMAIL_USE_TLS           true
   EMAIL_USERNAME          (secret)
   EMAIL_PASSWORD          (secret)
   EMAIL_SENDER_ADDRESS    partwatch@example.com
   ADMIN_EMAIL_RECIPIENTS  admin@example.com
`;

/** GitHub and GitLab take paths, Gitea and Forgejo regular expressions for a whole path. */
function review(target: ScheduleTarget): string {
  const byPath = "   /monitors/       @your-org/purchasing\n   /partwatch.yaml  @your-org/admins\n";
  const byExpression = "   monitors/.*       @your-org/purchasing\n   partwatch\\.yaml  @your-org/admins\n";
  const places = { GitHub: ".github/CODEOWNERS", GitLab: ".gitlab/CODEOWNERS" };
  const place = own(places, forgeName(target));
  return `Let somebody look at changes of lists and recipients: in ${place ?? "CODEOWNERS"}\n\n${place === undefined ? byExpression : byPath}`;
}

function push(target: ScheduleTarget): string {
  const forge = forgeName(target);
  const start = {
    GitHub: "   gh workflow run Partwatch\n",
    GitLab:
      "\n   Then include .gitlab/partwatch.yml in .gitlab-ci.yml; its first lines say what to set in the project, once.\n",
  };
  return `Push:

   partwatch validate && partwatch generate
   git add --all && git commit -m "Watch our parts" && git push -u origin HEAD
${own(start, forge) ?? "\n   The push starts the first run; docs/gitea.md says what is different there.\n"}`;
}
