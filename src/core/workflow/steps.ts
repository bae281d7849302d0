import type { Problem } from "../problem.ts";
import { field } from "../records.ts";
import { type ActionReference, actionReference, type WorkflowSettings } from "../settings/workflow-settings.ts";

/** What is wrong or unwise about the actions and steps that partwatch.yaml puts into the workflows. */
export function stepProblems(workflow: WorkflowSettings): readonly Problem[] {
  const { action, actionFrom, checkout, stepsBefore, namesServers } = workflow;
  const what = actionFrom === "program" ? "the commit of this Partwatch" : "the release that this Partwatch knows";
  const unnamed = `is not set, so the workflows run ${what} (${action.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;
  return [
    ...(actionFrom === "file" ? [] : [warning("workflow.action", unnamed)]),
    ...referenceProblems("workflow.action", { ...action, namesServers }),
    ...referenceProblems("workflow.checkout", { ...checkout, namesServers }),
    ...stepsBefore.flatMap((step, index) => ownStepProblems(`workflow.steps_before[${index}]`, { step, namesServers })),
  ];
}

type Step = WorkflowSettings["stepsBefore"][number];

function ownStepProblems(
  path: string,
  { step, namesServers }: Pick<WorkflowSettings, "namesServers"> & { readonly step: Step },
): readonly Problem[] {
  if ((step.uses === undefined) === (step.run === undefined)) {
    return [{ file: CONFIG, path, message: "a step has either uses or run." }];
  }
  const reference =
    step.uses === undefined ? [] : referenceProblems(`${path}.uses`, { ...actionReference(step.uses), namesServers });
  return [...reference, ...scriptProblems(path, step)];
}

/** A folder of this repository (./), a container, or an action, which is best pinned by commit with its version behind. */
function referenceProblems(
  path: string,
  { uses, version, namesServers }: ActionReference & Pick<WorkflowSettings, "namesServers">,
): readonly Problem[] {
  if (/^(?:\.\/\S*|docker:\/\/\S+)$/.test(uses)) return [];
  const { server, ref } =
    /^(?<server>https?:\/\/[\w.-]+(?::\d+)?\/)?[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(?<ref>\S+)$/.exec(uses)?.groups ?? {};
  if (ref === undefined || (server !== undefined && !namesServers)) {
    const before = namesServers ? "https://github.com/" : "";
    const message = `"${uses}" is not an action; write "${before}owner/name@<commit SHA> # v1.2.3" or "./folder".`;
    return [{ file: CONFIG, path, message }];
  }
  if (namesServers && server === undefined) {
    const message = `"${uses}" names no server, and the forge's settings decide where it is loaded from; write "https://github.com/${uses}", or the server that you mean.`;
    return [warning(path, message)];
  }
  if (!/^[0-9a-f]{40}$/.test(ref)) {
    const pinned = `"${uses.slice(0, -ref.length)}<commit SHA> # ${ref}"`;
    return [warning(path, `"${uses}" can change under your feet; pin it by commit: ${pinned}.`)];
  }
  if (version !== null) return [];
  return [warning(path, `"${uses}" does not name its version; add it at the end, within quotes: "${uses} # v1.2.3".`)];
}

/**
 * GitHub writes the value of an expression into a script before anybody runs it: a commit message becomes a command.
 * https://docs.github.com/actions/concepts/security/script-injections
 */
function scriptProblems(path: string, step: Step): readonly Problem[] {
  // actions/github-script has its script in with.script.
  const scripts = [
    { at: `${path}.run`, text: step.run },
    { at: `${path}.with.script`, text: field(step.with, "script") },
  ];
  return scripts.flatMap(({ at, text }) => {
    const [foreign] = typeof text === "string" ? foreignExpressions(text) : [];
    if (foreign === undefined) return [];
    const message = `${foreign} may be written by anybody and becomes part of the script, which would run it. Pass it in env, as in env: { WORDS: "${foreign}" }, and use "$WORDS".`;
    return [warning(at, message)];
  });
}

/** Expressions that name what people outside may have typed: events with their titles and messages, inputs, branch names. */
function foreignExpressions(script: string): readonly string[] {
  const foreign =
    /\bgithub\s*(?:\.\s*(?:event|head_ref|base_ref|ref|ref_name)\b|\[|[,)]|\.\s*\*|$)|\binputs\s*(?:[.[,)]|$)/;
  const expressions = [...script.matchAll(/\$\{\{(.*?)\}\}/gs)];
  return expressions.flatMap(([whole, inner = ""]) => {
    // What stands in a string is no name.
    const names = inner.replace(/'(?:[^']|'')*'/g, "''").trim();
    return foreign.test(names) ? [whole.replace(/\s+/g, " ")] : [];
  });
}

const CONFIG = "partwatch.yaml";

function warning(path: string, message: string): Problem {
  return { file: CONFIG, path, message, severity: "warning" };
}
