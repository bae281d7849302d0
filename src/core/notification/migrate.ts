// State files of an older Partwatch in today's form. Pure; the result has yet to be validated.
import { defined, isRecord, own } from "../records.ts";
import { STATE_VERSION } from "./state.ts";

export type StateFileKind = "monitor" | "runs" | "system";

type Json = Readonly<Record<string, unknown>>;

/** A parsed file in the present form. Anything that is not a state file of an older form is returned unchanged. */
export function migrated(kind: StateFileKind, json: unknown): unknown {
  if (!isRecord(json) || json.schema_version !== 1) return json;
  const { schema_version: _version, ...entries } = json;
  return { ...MIGRATE[kind](entries), schema_version: STATE_VERSION };
}

/** The histories that were in runs.json then, as files of their own; none if it is of a later form. */
export function historiesOfVersion1(json: unknown): readonly (readonly [id: string, file: unknown])[] {
  if (!isRecord(json) || json.schema_version !== 1) return [];
  return Object.entries(json).flatMap(([id, entry]) =>
    isRecord(entry) ? [[id, { schema_version: STATE_VERSION, id, points: entry.history, recent: [] }] as const] : [],
  );
}

const MIGRATE: Readonly<Record<StateFileKind, (file: Json) => Json>> = {
  monitor: ({ told, ...rest }) => ({ ...rest, delivered: told }),
  runs: (file) => ({ generation: 0, monitors: mapped(file, runs) }),
  system: (file) => mapped(file, incident),
};

const OUTCOMES: Readonly<Record<string, string>> = { told: "notified", partly_told: "partly_notified" };

function runs({ history, ...entry }: Json): Json {
  const { last_run } = entry;
  if (!isRecord(last_run)) return entry;
  const newest: unknown = Array.isArray(history) ? history.at(-1) : undefined;
  const { outcome, error } = last_run;
  const renamed = typeof outcome === "string" ? (own(OUTCOMES, outcome) ?? outcome) : outcome;
  return {
    ...entry,
    ...(isRecord(newest) ? { result: withoutHash(newest) } : {}),
    last_run: { ...last_run, outcome: renamed, ...(isRecord(error) ? { error: failure(error) } : {}) },
  };
}

function withoutHash({ hash: _hash, ...result }: Json): Json {
  return result;
}

/** `mail` was also the kind of failures of other channels; a webhook's failure named no incident. */
function failure({ trouble, ...error }: Json): Json {
  const isOfChannel =
    error.kind === "mail" && (trouble === "issue" || /^(?:the webhook|issues) of /.test(String(error.message)));
  return {
    ...error,
    ...(isOfChannel ? { kind: "channel" } : {}),
    ...defined({ incident: trouble }),
  };
}

function incident({ told, over, ...rest }: Json): Json {
  return { ...rest, opened: told, ...defined({ resolved: over }) };
}

function mapped(file: Json, migrate: (entry: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries(file).map(([key, entry]) => [key, isRecord(entry) ? migrate(entry) : entry]),
  );
}
