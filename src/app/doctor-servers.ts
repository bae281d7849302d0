import type { Diagnosis } from "../core/diagnosis.ts";
import { broken, doubtful, well } from "../core/diagnosis.ts";
import { FailureError } from "../core/failure.ts";
import { formatProblem } from "../core/problem.ts";
import { DEFAULT_INSTANCE, type Instance, servedInstances } from "../core/settings/instances.ts";
import { isThisMachine } from "../core/settings/this-machine.ts";
import { type Access, isTokenRefused, mayView, neededRoles, powersOf } from "../inventree/access.ts";
import { needOf } from "../inventree/need.ts";
import type { MonitorsRead } from "../monitors/read.ts";
import type { DoctorDeps } from "./doctor.ts";

/** Each server: can it be reached, is it one that Partwatch knows, and may its token see what lists need, and no more? */
export async function examineServers(deps: Pick<DoctorDeps, "read" | "servers">): Promise<readonly Diagnosis[]> {
  const { monitors, config } = deps.read;
  const used = monitors.map((monitor) => monitor.instance);
  const instances = servedInstances(config.instances, used.length === 0 ? [config.monitorDefaults.instance] : used);
  const all = await Promise.all(instances.map((instance) => examineServer(deps, instance)));
  return all.flat();
}

async function examineServer(
  { read, servers }: Pick<DoctorDeps, "read" | "servers">,
  instance: Instance,
): Promise<readonly Diagnosis[]> {
  const { label, urlEnv, tokenEnv } = instance;
  const area = label === DEFAULT_INSTANCE.label ? "InvenTree" : `InvenTree ${label}`;
  const problems = servers.problems([label]);
  if (problems.length > 0) return problems.map((problem) => broken({ area, message: formatProblem(problem) }));
  try {
    const access = await servers.access(label);
    return [
      ...examineAddress({ area, access, urlEnv }),
      ...examineRoles({ area, access, needed: neededBy(read, label), tokenEnv }),
    ];
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message, incident } = error.failure;
    if (isTokenRefused(error)) return [broken({ area, message, fix: tokenFix(tokenEnv) })];
    // What else a server refuses says itself what to do.
    if (incident === "refused") return [broken({ area, message: message.replace(/([^.!?])$/, "$1.") })];
    const fix = `Look whether the server runs, and whether ${urlEnv} is its address and can be reached from here.`;
    return [broken({ area, message, fix })];
  }
}

function examineAddress({
  area,
  access,
  urlEnv,
}: {
  readonly area: string;
  readonly access: Access;
  readonly urlEnv: string;
}): readonly Diagnosis[] {
  const { serverUrl, apiVersion } = access;
  const answers = well(area, `${serverUrl} answers; its API version is ${apiVersion}.`);
  const { protocol, hostname } = new URL(serverUrl);
  if (protocol === "https:" || isThisMachine(hostname)) return [answers];
  const message = `${serverUrl} is not encrypted: whoever listens on the way sees the token.`;
  return [
    answers,
    doubtful({ area, message, fix: `Set ${urlEnv} to an address with https://, if the server has one.` }),
  ];
}

interface RolesQuestion {
  readonly area: string;
  readonly access: Access;
  readonly needed: ReturnType<typeof neededRoles>;
  readonly tokenEnv: string;
}

function examineRoles({ area, access, needed, tokenEnv }: RolesQuestion): readonly Diagnosis[] {
  const whose = access.username === null ? "The token" : `The token of ${access.username}`;
  const missing = needed.filter((role) => !mayView(access, role.area));
  const named = missing.map((role) => `${role.area}.view (${role.why})`).join(", ");
  const views =
    missing.length === 0
      ? well(area, `${whose} may view everything that the lists need.`)
      : broken({
          area,
          message: `${whose} lacks ${named}.`,
          fix: "Give a group of that user these roles in InvenTree (view is enough): checks fail without them.",
        });
  const powers = powersOf(access);
  if (powers.length === 0 && !access.isSuperuser) return [views, well(area, `${whose} may change nothing.`)];
  const what = access.isSuperuser ? "everything (its user is a superuser)" : someOf(powers);
  const fix = `Partwatch only reads: make a user whose group may view and nothing else, and set ${tokenEnv} to that user's token.`;
  return [views, doubtful({ area, message: `${whose} may change things: ${what}.`, fix })];
}

/** What the lists of a server need; as long as there is none, what any list needs. */
function neededBy({ monitors, config }: MonitorsRead, label: string): ReturnType<typeof neededRoles> {
  const here = monitors.filter((monitor) => monitor.instance === label);
  const active = here.filter((monitor) => monitor.active);
  const some = active.length > 0 ? active : here;
  const { policy } = config.monitorDefaults;
  const any = { parts: [{ pk: 1, quantity: 1 }], watch: [], policy, silences: [] };
  return neededRoles(needOf(some.length > 0 ? some : [any]));
}

function someOf(powers: readonly string[]): string {
  const most = 4;
  const more = powers.length > most ? `; and ${powers.length - most} more areas` : "";
  return `${powers.slice(0, most).join("; ")}${more}`;
}

function tokenFix(tokenEnv: string): string {
  return `Make a token in InvenTree (user settings, API tokens) and set it as ${tokenEnv}; its user must be active.`;
}
