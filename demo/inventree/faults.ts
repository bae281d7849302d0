import type { Json } from "./json.ts";

/** What may go wrong with an answer. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** A text goes out as it is, anything else as JSON. */
      readonly body?: Json;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is closed without an answer. */
  | { readonly kind: "drop" }
  /** The answer's length is announced, that many bytes are sent, and the connection is closed. */
  | { readonly kind: "cut"; readonly bytes: number }
  /** The right answer, later. */
  | { readonly kind: "delay"; readonly milliseconds: number };

export interface FaultRule {
  readonly fault: Fault;
  /** How path and query begin, or a pattern for them; absent: every request. */
  readonly path?: string | RegExp;
  /** So many requests; absent: until it is lifted. */
  readonly times?: number;
}

/** Faults made on purpose, for demo and tests. */
export interface Faults {
  /** No request is answered: connections are closed. */
  down: boolean;
  /** Adds a rule; the first one added that fits is followed. Returns what lifts it. */
  readonly add: (rule: FaultRule) => () => void;
  /** Lifts all rules, and the server is up. */
  readonly clear: () => void;
}

export interface FaultBook {
  readonly faults: Faults;
  /** The fault that befalls this request; counts it. */
  readonly next: (pathAndQuery: string) => Fault | undefined;
}

/** A book of faults with nothing in it. */
export function createFaults(): FaultBook {
  let rules: { readonly rule: FaultRule; left: number }[] = [];
  const faults: Faults = {
    down: false,
    add: (rule) => {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.push(entry);
      return () => {
        rules = rules.filter((other) => other !== entry);
      };
    },
    clear: () => {
      rules = [];
      faults.down = false;
    },
  };
  return {
    faults,
    next: (pathAndQuery) => {
      if (faults.down) return { kind: "drop" };
      const entry = rules.find(({ rule, left }) => left > 0 && fits(rule.path, pathAndQuery));
      if (!entry) return undefined;
      entry.left -= 1;
      return entry.rule.fault;
    },
  };
}

function fits(path: string | RegExp | undefined, pathAndQuery: string): boolean {
  if (path === undefined) return true;
  return typeof path === "string" ? pathAndQuery.startsWith(path) : path.test(pathAndQuery);
}
