// Writes what is derived from a single source. `--check` fails where something is stale.
import { writeActionDocs } from "./action-docs.ts";
import { writeCliReference } from "./cli-reference.ts";
import { compileMails } from "./compile-mail.ts";
import { failIfStale } from "./generated.ts";
import { writeReferences } from "./references.ts";
import { writeTypes } from "./types.ts";

await writeTypes();
await writeReferences();
await writeActionDocs();
await compileMails();
await writeCliReference();
failIfStale();
