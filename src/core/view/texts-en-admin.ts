import type { Format } from "./format.ts";
import type { AdminTexts } from "./texts.ts";
import { troubleOf } from "./texts-trouble.ts";

/** What admins read, in English. */
export function enAdmin(format: Format): AdminTexts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  return {
    title: (key) =>
      troubleOf(key, {
        unreachable: (instance) => `InvenTree${instance} cannot be reached`,
        refused: (instance) => `InvenTree${instance} refuses Partwatch`,
        incomplete: (instance) => `InvenTree${instance} could not be read completely`,
        mail: "Mail cannot be delivered",
        state: "The state branch is damaged",
        overdue: "Checks are overdue",
        issue: "Issues cannot be written",
        webhook: (variable) => `The webhook of ${variable} cannot be called`,
        file: (path) => `${path} is broken`,
        check: (monitor) => `The list ${monitor} cannot be counted`,
        address: (address) => `Mail to ${address} is refused`,
        unconfirmed: (monitor, channel) => `Nobody knows whether ${monitor} was delivered by ${channel}`,
        other: (other) => `Trouble: ${other}`,
      }),
    overTitle: (key) =>
      troubleOf(key, {
        unreachable: (instance) => `InvenTree${instance} can be reached again`,
        refused: (instance) => `InvenTree${instance} accepts Partwatch again`,
        incomplete: (instance) => `InvenTree${instance} can be read completely again`,
        mail: "Mail is delivered again",
        state: "The state branch is well again",
        overdue: "No check is overdue any more",
        issue: "Issues can be written again",
        webhook: (variable) => `The webhook of ${variable} works again`,
        file: (path) => `${path} is well again`,
        check: (monitor) => `The list ${monitor} can be counted again`,
        address: (address) => `Mail to ${address} is accepted again`,
        unconfirmed: (monitor, channel) => `${monitor} is delivered by ${channel} again`,
        other: (other) => `Over: ${other}`,
      }),
    usualFix: (key) =>
      troubleOf(key, {
        unreachable: () =>
          "Look whether InvenTree runs and whether INVENTREE_URL can be reached from where Partwatch runs. Nothing has to be repeated: the next run checks what is due.",
        refused: () =>
          "Look whether INVENTREE_API_TOKEN is valid and whether its user may view what the cause names. Then start the run again, or wait for the next one.",
        incomplete: () =>
          "Look into InvenTree's own log for this request. Until it can be read completely nothing is told, and nothing counts as resolved.",
        mail: "Look at the mail settings (EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_USERNAME, EMAIL_PASSWORD). What was not delivered is sent by the next run.",
        state:
          "Mend the file on the state branch as the cause says, or take it from an earlier commit there. Until then nobody is told of these lists.",
        overdue:
          "Look at whatever starts these checks: is the schedule switched off, a runner away, a job cancelled? GitHub stops the schedules of public repositories after 60 days without activity. `partwatch doctor` looks into it.",
        issue: "Do what the cause says. What was not written is written by the next run.",
        webhook: (variable) =>
          `Look at the server, and at the address in ${variable}. What was not delivered is sent by the next run.`,
        file: (path) =>
          `Mend ${path} in a pull request; \`partwatch validate\` shows all its problems. Until then it is not checked.`,
        check: () => "Mend the list as the cause says. Until then nothing is told about it.",
        address: (address) => `Correct ${address}, or take it off the lists that name it.`,
        unconfirmed: () =>
          "Ask the recipients whether the message arrived, and look into the log of the mail server or receiver. What changes from now on is sent as usual.",
        other: () => "See the run's log.",
      }),
    begins: "Needs attention",
    over: "Well again",
    since: "Since",
    overAt: "Over since",
    lasted: "Began",
    cause: "Cause",
    wasCause: "It was",
    fix: "What to do",
    monitors: "Monitors touched",
    run: "The run that found this",
    once: "You are told once when trouble begins and once when it is over.",
    preheader: (n) => (n === 0 ? "" : `${count(n, "monitor is", "monitors are")} touched`),
  };
}
