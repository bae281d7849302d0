import type { Diagnosis } from "../core/diagnosis.ts";
import { broken, doubtful, well } from "../core/diagnosis.ts";
import type { Failure } from "../core/failure.ts";
import { formatProblem, type Problem } from "../core/problem.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { Receipt } from "../notify/channel.ts";
import type { DoctorDeps } from "./doctor.ts";

/** The mail settings, and the server that they name. */
export type MailPatient =
  /** All mail is switched off. */
  | { readonly kind: "off" }
  | { readonly kind: "wrong"; readonly problems: readonly Problem[]; readonly admins: readonly string[] }
  | {
      readonly kind: "ready";
      /** `smtp.example.com:587`. */
      readonly where: string;
      readonly mode: "starttls" | "tls" | "plain";
      readonly isThisMachine: boolean;
      readonly username: string | null;
      readonly admins: readonly string[];
      /** Connects, encrypts, logs in; null: all is well. */
      readonly verify: () => Promise<Failure | null>;
      readonly sendTest: () => Promise<Receipt>;
    };

const AREA = "Mail";

/** Whether mails would be taken; with a test mail to the admins if it is asked for. */
export async function examineMail(
  deps: Pick<DoctorDeps, "read" | "mail" | "channelProblems">,
  { sendTestMail }: { readonly sendTestMail: boolean },
): Promise<readonly Diagnosis[]> {
  const channels = deps.channelProblems.map((problem) => broken({ area: "Channels", message: formatProblem(problem) }));
  return [...(await examineServer(deps, sendTestMail)), ...channels];
}

async function examineServer(
  { read, mail }: Pick<DoctorDeps, "read" | "mail">,
  sendTestMail: boolean,
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
    well(AREA, `${mail.where} takes mails, ${howOf(mail)}.`),
    ...examineSafety(mail),
    ...examineAdmins(read, mail),
    ...tests,
  ];
}

type Ready = Extract<MailPatient, { readonly kind: "ready" }>;

function examineSilence(sendTestMail: boolean): readonly Diagnosis[] {
  const message = "All mail is switched off: GLOBAL_EMAIL_NOTIFICATIONS_ENABLED is false.";
  const off = doubtful({ area: AREA, message, fix: "Set it to true, or take it away, when mails are wanted again." });
  return sendTestMail ? [off, broken({ area: AREA, message: "The test mail was not sent." })] : [off];
}

/** Settings that are missing matter where somebody is to get mails. */
function examineSettings({
  read,
  mail,
  sendTestMail,
}: {
  readonly read: MonitorsRead;
  readonly mail: Extract<MailPatient, { readonly kind: "wrong" }>;
  readonly sendTestMail: boolean;
}): readonly Diagnosis[] {
  const wanted =
    sendTestMail ||
    mail.admins.length > 0 ||
    read.monitors.some((monitor) => monitor.channels.email.active && monitor.recipients.length > 0);
  if (wanted) return mail.problems.map((problem) => broken({ area: AREA, message: formatProblem(problem) }));
  return [doubtful({ area: AREA, message: "No mail server is set, and no list has recipients of mails." })];
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
      ? [well(AREA, `The test mail was accepted for ${receipt.accepted.join(", ")}: look whether it arrives.`)]
      : [broken({ area: AREA, message: sentence(receipt.failure.message) })]),
    ...(receipt.kind === "accepted"
      ? refused.map(({ address, reason }) => broken({ area: AREA, message: `The test mail to ${address}: ${reason}` }))
      : []),
  ];
}

function examineSafety({ mode, isThisMachine, where }: Ready): readonly Diagnosis[] {
  if (mode !== "plain" || isThisMachine) return [];
  const message = `Mails go to ${where} unencrypted: whoever listens on the way reads them, and the password.`;
  return [doubtful({ area: AREA, message, fix: "Set EMAIL_USE_TLS=true (STARTTLS) or EMAIL_USE_SSL=true (TLS)." })];
}

function examineAdmins({ config }: MonitorsRead, { admins }: Ready): readonly Diagnosis[] {
  const { issue, webhook } = config.monitorDefaults.channels;
  if (admins.length > 0 || issue.active || webhook.active) return [];
  const fix = "Set ADMIN_EMAIL_RECIPIENTS to those who can mend it.";
  return [doubtful({ area: AREA, message: "Nobody hears of trouble: there are no admins.", fix })];
}

function howOf({ mode, username }: Ready): string {
  const safety = { starttls: "encrypted (STARTTLS)", tls: "encrypted (TLS)", plain: "unencrypted" }[mode];
  return `${safety}, ${username === null ? "without a login" : `logged in as ${username}`}`;
}

/** Failures begin small and end without a full stop: they stand behind other words elsewhere. */
function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;
}
