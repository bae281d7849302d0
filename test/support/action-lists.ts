// Lists for tests of the action, and what came of a run.
import { type ActionResult, NO_SETTINGS, type Runner } from "./action.ts";
import { boardList } from "./small-product.ts";

/** Once a year: nothing becomes due while a test runs. */
export const YEARLY = { cron_schedule: '"17 3 1 1 *"' };

/** Ten boards: chips are short. */
export const board = { "monitors/board.yaml": boardList(YEARLY) };
export const chips: string = boardList({ ...YEARLY, name: "Chips", parts: "[{ ipn: IC-1, quantity: 2 }]" });
export const resistors: string = boardList({ ...YEARLY, name: "Resistors", parts: "[{ ipn: RES-1, quantity: 2 }]" });

/** The mails so far: to whom, and about what. */
export function mails({ sink }: Runner): readonly (readonly [to: string, subject: string])[] {
  return sink.mails().map(({ to, parsed }) => [to.join(", "), parsed.subject ?? ""]);
}

/** The output `report-json`, parsed. */
export function reportOf({ outputs }: ActionResult): unknown {
  return JSON.parse(outputs["report-json"] ?? "null");
}

/** A pull request of a fork: no secret, no variable, a token that can do nothing. */
export const fork = {
  event: "pull_request",
  ref: "refs/pull/7/merge",
  env: { ...NO_SETTINGS, INPUT_TOKEN: "" },
  payload: {
    number: 7,
    pull_request: {
      head: { ref: "more boards", repo: { full_name: "tess/lists", fork: true } },
      base: { ref: "main" },
    },
  },
};

/** Requests and connections so far, to anybody. */
export function asked({ inventree, github, sink }: Runner): number {
  return inventree.requests().length + github.requests.length + sink.connections();
}
