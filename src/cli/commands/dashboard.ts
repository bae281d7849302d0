import { resolve } from "node:path";
import type { Command } from "commander";
import { dashboardFiles } from "../../app/dashboard/dashboard.ts";
import { writeDashboard } from "../../system/dashboard-files.ts";
import { wire } from "../../wire/run.ts";
import { type CommandContext, instantOf, sessionOf } from "../session.ts";

/** `partwatch dashboard`: pages about all lists, in a folder. */
export function addDashboard(command: Command, { io }: CommandContext): void {
  command
    .description(
      "Writes pages of all lists, parts, alerts and checks into a folder, from the lists and the state branch. Contacts no server. The pages work from any web server and from the folder itself; no mail address and no setting is in them.",
    )
    .argument("<out>", "an empty folder, or one that an earlier dashboard was written to")
    .option("--now <instant>", "take this instant (RFC 3339) for what is next and overdue")
    .addHelpText("after", "\nExample:\n  $ partwatch dashboard public\n")
    .action(async (out: string, options: { readonly now?: string }, command: Command) => {
      const session = sessionOf({ command, io, level: "warning" });
      const wired = await wire({ ...session, env: io.env, needs: { inventree: false, mail: "none" } });
      try {
        const now = instantOf(options.now, io.clock);
        const [read, state] = await Promise.all([
          wired.deps.readMonitors(),
          wired.deps.store.read({ histories: true }),
        ]);
        const { inventreeUrl, secrets } = wired;
        const files = await dashboardFiles({ read, state, now, inventreeUrl, fileUrl: wired.deps.fileUrl, secrets });
        const { written, removed } = await writeDashboard(resolve(io.cwd, out), files);
        const gone = removed === 0 ? "" : `, ${removed} removed`;
        io.out(`${out}: ${files.size} files, ${written} of them new or changed${gone}. Open ${out}/index.html.\n`);
      } finally {
        await wired.close();
      }
    });
}
