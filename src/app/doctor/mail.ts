import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { formatProblem } from "../../core/problem.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import { hasWorkflow } from "../../system/workflow-files.ts";
import type { DoctorDeps, MailCheckTarget } from "./deps.ts";
import { examineSigning } from "./mail-signing.ts";

const AREA = "Mail";

/** Whether mails would be accepted; with a test mail to the admins on request. */
export async function examineMail(
  deps: Pick<DoctorDeps, "root" | "read" | "mail" | "channelProblems">,
  { sendTestMail }: { readonly sendTestMail: boolean },
): Promise<readonly Diagnosis[]> {
  const channels = deps.channelProblems.map((problem) => broken({ area: "Channels", message: formatProblem(problem) }));
  return [...(await examineServer(deps, { sendTestMail })), ...channels];
}

async function examineServer(
  { root, read, mail }: Pick<DoctorDeps, "root" | "read" | "mail">,
  { sendTestMail }: { readonly sendTestMail: boolean },
): Promise<readonly Diagnosis[]> {
  switch (mail.kind) {
    case "off":
      return examineSilence(sendTestMail);
    case "wrong":
      return examineSettings({ read, mail, sendTestMail });
    case "ready":
      break;
    default:
      return mail satisfies never;
  }
  const failure = await mail.verify();
  if (failure !== null)
    return [broken({ area: AREA, message: sentence(failure.message) }), ...examineAdmins(read, mail)];
  const tests = sendTestMail ? await examineTestMail(mail) : [];
  return [
    ok(AREA, `${mail.where} takes mails, ${howOf(mail)}.`),
    ...examineSafety(mail),
    ...(mail.dkim === null ? [] : await examineSigning(mail.dkim)),
    ...(hasWorkflow(root) ? examineHandingOver(mail) : []),
    ...examineAdmins(read, mail),
    ...tests,
  ];
}

type Ready = Extract<MailCheckTarget, { readonly kind: "ready" }>;

function examineSilence(sendTestMail: boolean): readonly Diagnosis[] {
  const message = "All mail is switched off: GLOBAL_EMAIL_NOTIFICATIONS_ENABLED is false.";
  const off = warning({ area: AREA, message, fix: "Set it to true, or remove it, to send mail again." });
  return sendTestMail ? [off, broken({ area: AREA, message: "The test mail was not sent." })] : [off];
}

/** Missing settings matter only if somebody is to get mails. */
function examineSettings({
  read,
  mail,
  sendTestMail,
}: {
  readonly read: MonitorsRead;
  readonly mail: Extract<MailCheckTarget, { readonly kind: "wrong" }>;
  readonly sendTestMail: boolean;
}): readonly Diagnosis[] {
  const wanted =
    sendTestMail ||
    mail.admins.length > 0 ||
    read.monitors.some((monitor) => monitor.channels.email.active && monitor.recipients.length > 0);
  if (wanted) return mail.problems.map((problem) => broken({ area: AREA, message: formatProblem(problem) }));
  return [warning({ area: AREA, message: "No mail server is set, and no list has mail recipients." })];
}

async function examineTestMail({ admins, sendTest }: Ready): Promise<readonly Diagnosis[]> {
  if (admins.length === 0) {
    const message = "The test mail was not sent: it goes to the admins, and there are none.";
    return [broken({ area: AREA, message, fix: "Set ADMIN_EMAIL_RECIPIENTS to your address." })];
  }
  const receipt = await sendTest();
  const refused = receipt.kind === "accepted" ? [...receipt.pending, ...receipt.refused] : [];
  return [
    ...(receipt.kind === "accepted"
      ? [ok(AREA, `The test mail was accepted for ${receipt.accepted.join(", ")}: check that it arrives.`)]
      : [broken({ area: AREA, message: sentence(receipt.failure.message) })]),
    ...(receipt.kind === "accepted"
      ? refused.map(({ address, reason }) => broken({ area: AREA, message: `The test mail to ${address}: ${reason}` }))
      : []),
  ];
}

function examineSafety({ mode, isThisMachine, where }: Ready): readonly Diagnosis[] {
  if (mode !== "plain" || isThisMachine) return [];
  const message = `Mails go to ${where} unencrypted: anybody on the network path can read them, and the password.`;
  return [warning({ area: AREA, message, fix: "Set EMAIL_USE_TLS=true (STARTTLS) or EMAIL_USE_SSL=true (TLS)." })];
}

/** Settings on this machine have to reach the runs as well. */
function examineHandingOver({ notHandedOver }: Ready): readonly Diagnosis[] {
  return notHandedOver.map((name) => {
    const message = `The workflows do not hand over EMAIL_${name.toUpperCase()}_…, which is set here.`;
    return warning({
      area: AREA,
      message,
      fix: `Set mail.${name}: true in partwatch.yaml, then run "partwatch generate".`,
    });
  });
}

function examineAdmins({ config }: MonitorsRead, { admins }: Ready): readonly Diagnosis[] {
  const { issue, webhook } = config.monitorDefaults.channels;
  if (admins.length > 0 || issue.active || webhook.active) return [];
  const fix = "Set ADMIN_EMAIL_RECIPIENTS to the people who can fix problems.";
  return [warning({ area: AREA, message: "Nobody is notified of problems: there are no admins.", fix })];
}

function howOf({ mode, username, usesOauth }: Ready): string {
  const safety = { starttls: "encrypted (STARTTLS)", tls: "encrypted (TLS)", plain: "unencrypted" }[mode];
  return `${safety}, ${username === null ? "without a login" : `logged in as ${username}${usesOauth ? " with OAuth2" : ""}`}`;
}

/** Failure messages begin in lower case and end without a full stop, because elsewhere they follow other words. */
function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}
