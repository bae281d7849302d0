import type { Environment } from "./ports.ts";

/** Variables of a caller (a hook, another git) that would send git to another repository, index or object store. */
const LOCAL_VARIABLES = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_TRACE",
  "GIT_WORK_TREE",
];

/** The environment for git to work in its own folder, whoever started Partwatch, and to answer in English. */
export function gitEnvironment(environment: Environment): Record<string, string> {
  const inherited = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || LOCAL_VARIABLES.includes(name.toUpperCase()) ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(inherited), LC_ALL: "C", LANGUAGE: "C" };
}
