import type { Problem } from "../problem.ts";
import { field } from "../records.ts";
import type { ActionReference, WorkflowSettings } from "./settings.ts";
import { actionReference } from "./settings.ts";

/** What is wrong or unwise about the actions and steps that partwatch.yaml puts into the workflows. */
export function stepProblems({ action, actionFrom, checkout, stepsBefore }: WorkflowSettings): readonly Problem[] {
  const what = actionFrom === "program" ? "the commit of this Partwatch" : "the release that this Partwatch knows";
  const unnamed = `is not set, so the workflows run ${what} (${action.uses}); write it into partwatch.yaml, so that they stay the same with another version.`;
  return [
    ...(actionFrom === "file" ? [] : [warning("workflow.action", unnamed)]),
    ...referenceProblems("workflow.action", action),
    ...referenceProblems("workflow.checkout", checkout),
    ...stepsBefore.flatMap((step, index) => ownStepProblems(`workflow.steps_before[${index}]`, step)),
  ];
}

type Step = WorkflowSettings["stepsBefore"][number];

function ownStepProblems(path: string, step: Step): readonly Problem[] {
  if ((step.uses === undefined) === (step.run === undefined)) {
    return [{ file: CONFIG, path, message: "a step has either uses or run." }];
  }
  const reference = step.uses === undefined ? [] : referenceProblems(`${path}.uses`, actionReference(step.uses));
  return [...reference, ...scriptProblems(path, step)];
}

/** A folder of this repository (./), a container, or an action, which is best pinned by commit with its version behind. */
function referenceProblems(path: string, { uses, version }: ActionReference): readonly Problem[] {
  if (/^(?:\.\/\S*|docker:\/\/\S+)$/.test(uses)) return [];
  const ref = /^[\w.-]+\/[\w.-]+(?:\/[\w./-]+)?@(\S+)$/.exec(uses)?.[1];
  if (ref === undefined) {
    const message = `"${uses}" is no action; write "owner/name@<commit SHA> # v1.2.3" or "./folder".`;
    return [{ file: CONFIG, path, message }];
  }
  if (!/^[0-9a-f]{40}$/.test(ref)) {
    const pinned = `"${uses.slice(0, -ref.length)}<commit SHA> # ${ref}"`;
    return [warning(path, `"${uses}" can change under your feet; pin it by commit: ${pinned}.`)];
  }
  if (version !== null) return [];
  return [warning(path, `"${uses}" does not say its version; write it behind, within quotes: "${uses} # v1.2.3".`)];
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
    const message = `${foreign} may be anybody's words, and becomes part of the script: what stands there is run. Hand it over in env, as in env: { WORDS: "${foreign}" }, and use "$WORDS".`;
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
