// Writes what is derived from a single source. `--check` fails where something is stale.
import { writeActionDocs } from "./action-docs.ts";
import { writeCliReference } from "./cli-reference.ts";
import { compileMails } from "./compile-mail.ts";
import { writeFaultTables } from "./fault-docs.ts";
import { failIfStale } from "./generated.ts";
import { writePageAssets } from "./page-assets.ts";
import { writeRepositoryTemplate } from "./repository-template.ts";
import { writeReferences } from "./schema-docs-pages.ts";
import { writeTemplateNames } from "./template-docs.ts";
import { writeTypes } from "./types.ts";

await writeTypes();
await writeReferences();
await writeActionDocs();
await compileMails();
await writeTemplateNames();
await writePageAssets();
await writeCliReference();
await writeRepositoryTemplate();
await writeFaultTables();
failIfStale();
