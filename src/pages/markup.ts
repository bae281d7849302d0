import type { html } from "hono/html";

/** Escaped HTML: what the template `html` of hono makes. Foreign text in it is escaped always. */
export type Markup = ReturnType<typeof html> | "";
