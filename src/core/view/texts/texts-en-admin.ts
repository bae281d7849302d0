import type { Format } from "../format.ts";
import type { AdminTexts } from "./texts.ts";
import { incidentOf, isAboutCertificate, isAboutRedirect } from "./texts-trouble.ts";

/** What admins read, in English. */
export function enAdmin(format: Format): AdminTexts {
  const count = (n: number, one: string, other: string) => `${format.quantity(n)} ${format.plural(n, { one, other })}`;
  const andOthers = (address: string, others: number) =>
    others === 0 ? address : `${address} and ${count(others, "other", "others")}`;
  return {
    title: (key) =>
      incidentOf(key, {
        unreachable: (instance) => `InvenTree${instance} is unreachable`,
        refused: (instance) => `InvenTree${instance} denies Partwatch access`,
        incomplete: (instance) => `InvenTree${instance} could not be read completely`,
        mail: "Mail cannot be delivered",
        state: "The state branch is damaged",
        overdue: "Checks are overdue",
        issue: "Issues cannot be written",
        webhook: (variable) => `The webhook of ${variable} cannot be called`,
        file: (path) => `${path} is broken`,
        check: (monitor) => `The list ${monitor} cannot be calculated`,
        address: (address) => `Mail to ${address} is refused`,
        addresses: (address, others) => `Mail to ${andOthers(address, others)} is refused`,
        unconfirmed: (monitor, channel) => `Nobody knows whether ${monitor} was delivered by ${channel}`,
        other: (other) => `Problem: ${other}`,
      }),
    overTitle: (key) =>
      incidentOf(key, {
        unreachable: (instance) => `InvenTree${instance} is reachable again`,
        refused: (instance) => `InvenTree${instance} gives Partwatch access again`,
        incomplete: (instance) => `InvenTree${instance} can be read completely again`,
        mail: "Mail is delivered again",
        state: "The state branch can be read again",
        overdue: "Checks are no longer overdue",
        issue: "Issues can be written again",
        webhook: (variable) => `The webhook of ${variable} works again`,
        file: (path) => `${path} is fixed`,
        check: (monitor) => `The list ${monitor} can be calculated again`,
        address: (address) => `Mail to ${address} is accepted again`,
        addresses: (address, others) => `Mail to ${andOthers(address, others)} is accepted again`,
        unconfirmed: (monitor, channel) => `${monitor} is delivered by ${channel} again`,
        other: (other) => `Resolved: ${other}`,
      }),
    usualFix: (key, cause) =>
      incidentOf(key, {
        unreachable: () =>
          isAboutCertificate(cause)
            ? "Renew the certificate of the server, with its full chain and for the host name in INVENTREE_URL. If an authority of your own has signed it, name the file of that authority in NODE_EXTRA_CA_CERTS where Partwatch runs. The next run catches up."
            : "Check that InvenTree is running and that INVENTREE_URL is reachable from where Partwatch runs. No need to re-run anything: the next run catches up.",
        refused: () =>
          isAboutRedirect(cause)
            ? "Set INVENTREE_URL to the address named in the cause, if it is your server's. Then start the run again, or wait for the next one."
            : "Check that INVENTREE_API_TOKEN is valid and that its user may view what the cause names. Then start the run again, or wait for the next one.",
        incomplete: () =>
          "Look for this request in InvenTree's own log. Until everything can be read, nobody is notified and nothing counts as resolved.",
        mail: "Check the mail settings (EMAIL_SMTP_SERVER, EMAIL_SMTP_PORT, EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_USERNAME, EMAIL_PASSWORD). The next run sends what was not delivered.",
        state:
          "Fix the file on the state branch as described above, or restore it from an earlier commit there. Until then, nobody is notified about these lists.",
        overdue:
          "Look at whatever starts these checks: is the schedule disabled, a runner offline, a job cancelled? GitHub stops the schedules of public repositories after 60 days without activity. `partwatch doctor` finds out.",
        issue: "Fix what the cause describes. The next run writes what is missing.",
        webhook: (variable) =>
          `Check the server, and the address in ${variable}. The next run sends what was not delivered.`,
        file: (path) =>
          `Fix ${path} in a pull request; \`partwatch validate\` shows all its problems. ${/\.ya?ml$/i.test(path) ? "Until then it is not checked." : "Until then, mails have the built-in template."}`,
        check: () => "Fix the list as described above. Until then, nobody is notified about it.",
        address: (address) => `Correct ${address}, or take it off the lists that name it.`,
        addresses: (_address, _others, isTheirs) =>
          isTheirs
            ? "Correct these addresses, or take them off the lists that name them."
            : "Ask whoever runs the mail server what its answer means: whether EMAIL_SENDER_ADDRESS may send to these addresses, and whether it wants a login for that.",
        unconfirmed: () =>
          "Ask the recipients whether the message arrived, and check the log of the mail server or receiver. What changes from now on is sent as usual.",
        other: () => "See the run's log.",
      }),
    begins: "Needs attention",
    over: "Resolved",
    since: "Since",
    overAt: "Resolved at",
    lasted: "Started",
    cause: "Cause",
    wasCause: "Cause",
    fix: "Fix",
    monitors: "Affected lists",
    run: "Log of this run",
    once: "You get one mail when a problem starts and one when it is resolved.",
    preheader: (n) => (n === 0 ? "" : `${count(n, "list is", "lists are")} affected`),
  };
}
