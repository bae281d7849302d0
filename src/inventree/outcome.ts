import { type Failure, FailureError } from "../core/failure.ts";

/** What became of one attempt of a request. */
export type Outcome =
  | { readonly kind: "answer"; readonly body: unknown }
  | { readonly kind: "redirect"; readonly location: string; readonly status: number }
  | Failed;

export interface Failed {
  readonly kind: "failed";
  /** In words; may hold text of the server, so mask it before it is shown. */
  readonly cause: string;
  readonly incident: NonNullable<Failure["incident"]>;
  readonly status?: number;
  /** Whether the same request may be better next time. */
  readonly again: boolean;
  readonly retryAfterMs?: number | undefined;
  /** No answer came in time. */
  readonly tooSlow?: boolean;
  readonly error?: unknown;
}

/** The failure that people are told: `[GET] /api/part/?limit=500: 403: the token lacks part.view`. */
export function toFailure(failed: Failed, request: string, attempts: number): FailureError {
  const times = attempts > 1 ? ` (${attempts} attempts)` : "";
  return new FailureError(
    {
      kind: "inventree",
      ...(failed.status === undefined ? {} : { status: failed.status }),
      retryable: failed.again,
      message: `${request}: ${failed.cause}${times}`,
      incident: failed.incident,
    },
    { cause: failed.error },
  );
}

/** The role of InvenTree without which a path is refused. */
export function missingPermission(path: string): string | undefined {
  return PERMISSIONS.find(([start]) => path.startsWith(start))?.[1];
}

// The more special path first. Which role opens which path: the security scopes in InvenTree's OpenAPI schema.
const PERMISSIONS: readonly (readonly [string, string])[] = [
  ["/api/part/category/", "part_category.view"],
  ["/api/part/", "part.view"],
  ["/api/bom/", "bom.view"],
  ["/api/stock/location/", "stock_location.view"],
  ["/api/stock/", "stock.view"],
  ["/api/build/", "build.view"],
  ["/api/order/po", "purchase_order.view"],
  ["/api/order/so", "sales_order.view"],
  ["/api/company/part/", "purchase_order.view (or part.view)"],
];
