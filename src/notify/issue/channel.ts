import type { Clock } from "../../core/clock.ts";
import type { GithubApi } from "../../core/github-api.ts";
import type { Log } from "../../core/log.ts";
import type { Language } from "../../core/view/format.ts";
import type { Channel, Ending, Receipt, Telling } from "../channel.ts";
import { endIssue } from "./end.ts";
import { type Heard, hear, issueNumber, NOTHING_HEARD } from "./heard.ts";
import { refreshIssue } from "./refresh.ts";
import { tellIssue } from "./tell.ts";
import { type Work, workWith } from "./work.ts";

export interface IssueOptions {
  /** GitHub's API; asked for with the first telling. Throws FailureError where the settings cannot work. */
  readonly connect: () => Promise<GithubApi>;
  readonly clock: Clock;
  /** Of what is said where no list says it. */
  readonly language: Language;
  /** How long one telling is tried; default two minutes. */
  readonly budgetMs?: number;
}

/** Tells a monitor's alerts by one issue per episode, in which people acknowledge and dismiss. */
export function createIssueChannel(options: IssueOptions): Channel {
  const heard = new Map<string, Heard>();
  /** GitHub did not say what is in its issues: nobody waits for it again and again. */
  let isDeaf = false;
  const work = workWith(options);
  const heardOf = ({ monitor }: Pick<Telling, "monitor">) => heard.get(monitor.id) ?? NOTHING_HEARD;
  return {
    name: "issue",
    listen: async (question, log) => {
      if (isDeaf) return question.alerts;
      const read = await work(log, (desk) => hear(desk, question));
      if (read.kind === "failed") {
        isDeaf = read.failure.incident !== undefined;
        if (read.failure.incident !== undefined || read.failure.retryable)
          log.warning(`issues were not read: ${read.failure.message}`, { step: "issue" });
        return question.alerts;
      }
      heard.set(question.monitor.id, read.value.heard);
      return read.value.alerts;
    },
    tell: async (telling, log): Promise<Receipt> => {
      const told = await work(log, (desk) => tellIssue(desk, telling, heardOf(telling)));
      if (told.kind === "failed") {
        log.error(`issue not written: ${told.failure.message}`, { step: "issue" });
        return { ...told, refused: [] };
      }
      const ref = String(told.value);
      log.info(`issue #${ref} says it`, { step: "issue" });
      return { kind: "accepted", ref, accepted: [`#${ref}`], pending: [], refused: [] };
    },
    refresh: async (telling, log) => {
      const done = await work(log, (desk) => refreshIssue(desk, telling, heardOf(telling)));
      if (done.kind === "failed") log.warning(`issue not put right: ${done.failure.message}`, { step: "issue" });
    },
    end: (ending, log) => end(work, { ending, log, language: options.language }),
  };
}

async function end(
  work: Work,
  { ending, log, language }: { readonly ending: Ending; readonly log: Log; readonly language: Language },
): Promise<boolean> {
  const number = issueNumber(ending.told.ref);
  if (number === undefined) return true;
  const done = await work(log, (desk) => endIssue(desk, { number, monitor: ending.id, language }));
  if (done.kind === "done") return true;
  log.warning(`issue #${number} of a list that is gone was not closed: ${done.failure.message}`, { step: "issue" });
  // What GitHub refuses it will refuse again; the state must not stay for ever because of that.
  return !done.failure.retryable;
}
