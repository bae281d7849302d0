import { type SnapshotRequest, snapshotRequest } from "../../core/calculation/snapshot-request.ts";
import { broken, type Diagnosis, ok, warning } from "../../core/diagnosis.ts";
import { FailureError } from "../../core/failure.ts";
import { formatProblem } from "../../core/problem.ts";
import { DEFAULT_INSTANCE, type Instance, servedInstances } from "../../core/settings/instances.ts";
import { isThisMachine } from "../../core/settings/this-machine.ts";
import { printable } from "../../core/text/printable.ts";
import { nearest } from "../../core/text/suggestion.ts";
import { type Access, isTokenRefused, powersOf } from "../../inventree/access.ts";
import { CONFIG_FILE } from "../../monitors/config.ts";
import type { MonitorsRead } from "../../monitors/read.ts";
import type { DoctorDeps } from "./deps.ts";

/** For each server: can it be reached, is its version supported, and does its token have the permissions that lists need, and no more? */
export async function examineServers(deps: Pick<DoctorDeps, "read" | "servers">): Promise<readonly Diagnosis[]> {
  const { monitors, config } = deps.read;
  const used = monitors.map((monitor) => monitor.instance);
  const instances = servedInstances(config.instances, used.length === 0 ? [config.monitorDefaults.instance] : used);
  const all = await Promise.all(instances.map((instance) => examineServer(deps, instance)));
  return [...all.flat(), ...(await examineSuppliers(deps, instances))];
}

/** Names of suppliers in partwatch.yaml that no server has: such a rule would silently do nothing. */
async function examineSuppliers(
  { read, servers }: Pick<DoctorDeps, "read" | "servers">,
  instances: readonly Instance[],
): Promise<readonly Diagnosis[]> {
  const { suppliers: rules, lead_times: leadTimes } = read.config.monitorDefaults;
  const named = new Map([
    ...Object.keys(leadTimes.suppliers ?? {}).map((name) => [name, "lead_times.suppliers"] as const),
    ...rules.avoid.map((name) => [name, "suppliers.avoid"] as const),
    ...rules.prefer.map((name) => [name, "suppliers.prefer"] as const),
  ]);
  if (named.size === 0 || servers.problems(instances.map(({ label }) => label)).length > 0) return [];
  const known = await Promise.all(instances.map(({ label }) => servers.suppliers(label)));
  if (known.includes(undefined)) return [];
  const names = known.flatMap((some) => some ?? []);
  const unknown = [...named].filter(([name]) => !names.includes(name));
  return unknown.map(([name, path]) => {
    const near = nearest(name, names);
    const shown = printable(name, 60);
    return warning({
      area: "InvenTree",
      message: `${CONFIG_FILE} ${path}: no supplier is called ${shown} there.`,
      fix: near === undefined ? listOf(names) : `Did you mean ${printable(near, 60)}?`,
    });
  });
}

function listOf(names: readonly string[]): string {
  const most = 20;
  if (names.length === 0) return "InvenTree has no suppliers yet.";
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return `Write one of these: ${names
    .slice(0, most)
    .map((name) => printable(name, 60))
    .join(", ")}${more}.`;
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
    const access = await servers.access(label, neededBy(read, label));
    return [...examineAddress({ area, access, urlEnv }), ...examineRoles({ area, access, tokenEnv })];
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message, incident } = error.failure;
    if (isTokenRefused(error)) return [broken({ area, message, fix: tokenFix(tokenEnv) })];
    // Other refusals of a server already say what to do.
    if (incident === "refused") return [broken({ area, message: message.replace(/([^.!?])$/, "$1.") })];
    const fix = `Check that the server is running, and that ${urlEnv} is its address and is reachable from here.`;
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
  const answers = ok(area, `${serverUrl} answers; its API version is ${apiVersion}.`);
  const { protocol, hostname } = new URL(serverUrl);
  if (protocol === "https:" || isThisMachine(hostname)) return [answers];
  const message = `${serverUrl} is not encrypted: anybody on the network path can read the token.`;
  return [
    answers,
    warning({ area, message, fix: `Set ${urlEnv} to an address with https://, if the server has one.` }),
  ];
}

function examineRoles({
  area,
  access,
  tokenEnv,
}: {
  readonly area: string;
  readonly access: Access;
  readonly tokenEnv: string;
}): readonly Diagnosis[] {
  const whose = access.username === null ? "The token" : `The token of ${access.username}`;
  const views = [...examineClosed(access, { area, whose }), ...examineBorrowed(access, { area, whose })];
  if (views.length === 0) views.push(ok(area, `${whose} may view everything that the lists need.`));
  const powers = powersOf(access);
  if (powers.length === 0 && !access.isSuperuser) return [...views, ok(area, `${whose} may change nothing.`)];
  const what = access.isSuperuser ? "everything (its user is a superuser)" : someOf(powers);
  const fix = `Partwatch only reads: create a user whose group may only view, and set ${tokenEnv} to that user's token.`;
  return [...views, warning({ area, message: `${whose} may change things: ${what}.`, fix })];
}

interface Whose {
  readonly area: string;
  readonly whose: string;
}

function examineClosed({ closed }: Access, { area, whose }: Whose): readonly Diagnosis[] {
  if (closed.length === 0) return [];
  const named = closed.map((role) => `${role.area}.view (${role.why})`).join(", ");
  const fix = "Give a group of that user these roles in InvenTree (view is enough): checks fail without them.";
  return [broken({ area, message: `${whose} lacks ${named}.`, fix })];
}

/** InvenTree opens some tables to several roles; which ones differs between versions. */
function examineBorrowed({ borrowed }: Access, { area, whose }: Whose): readonly Diagnosis[] {
  return borrowed.map((role) =>
    warning({
      area,
      message: `${whose} may view ${role.why} only through another role, not through ${role.area}.view.`,
      fix: `Give a group of that user the role ${role.area} (view is enough), so that it still works without the other role.`,
    }),
  );
}

/** What the lists of a server need; if there are none, what any list needs. */
function neededBy({ monitors, config }: MonitorsRead, label: string): SnapshotRequest {
  const here = monitors.filter((monitor) => monitor.instance === label);
  const active = here.filter((monitor) => monitor.active);
  const some = active.length > 0 ? active : here;
  const { policy } = config.monitorDefaults;
  const any = { parts: [{ pk: 1, quantity: 1 }], watch: [], policy, silences: [] };
  return snapshotRequest(some.length > 0 ? some : [any]);
}

function someOf(powers: readonly string[]): string {
  const most = 4;
  const more = powers.length > most ? `; and ${powers.length - most} more areas` : "";
  return `${powers.slice(0, most).join("; ")}${more}`;
}

function tokenFix(tokenEnv: string): string {
  return `Make a token in InvenTree (user settings, API tokens) and set it as ${tokenEnv}; its user must be active.`;
}
