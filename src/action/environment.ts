/** The process's environment as the action reads it. */
export type Environment = Readonly<Record<string, string | undefined>>;
