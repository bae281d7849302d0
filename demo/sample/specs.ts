/** How the sample says what a part is; keys stand for pks, which are given in order of appearance. */
export interface PartSpec {
  /** Its IPN, with the revision after a slash where there are several. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** Path of its category. */
  readonly category: string;
  readonly revision?: string;
  readonly revisionOf?: string;
  readonly variantOf?: string;
  readonly units?: string;
  readonly minimum?: number;
  /** Least and greatest price of one unit, in the server's currency. */
  readonly price?: readonly [number, number];
  readonly link?: string;
  readonly is?: readonly PartTrait[];
}

export type PartTrait =
  | "assembly"
  | "bought"
  | "consumable"
  | "inactive"
  | "salable"
  | "template"
  | "trackable"
  | "virtual";

/** One line of a bill of materials. */
export interface LineSpec {
  readonly part: string;
  readonly quantity: number;
  readonly reference?: string;
  readonly attrition?: number;
  readonly setup?: number;
  readonly multiple?: number;
  readonly note?: string;
  readonly substitutes?: readonly string[];
  readonly is?: readonly ("consumable" | "inherited" | "optional" | "unvalidated" | "variants")[];
}

export interface BomSpec {
  readonly assembly: string;
  readonly lines: readonly LineSpec[];
}

/** Stock of a part at a place. */
export interface StockSpec {
  readonly part: string;
  readonly quantity: number;
  readonly location: string;
  readonly batch?: string;
  readonly status?: number;
  /** Days from today; negative: it has expired. */
  readonly expiresIn?: number;
}

/** What a supplier sells. */
export interface SupplySpec {
  readonly part: string;
  readonly supplier: string;
  readonly sku: string;
  readonly mpn?: string;
  /** Pieces or units in a pack. */
  readonly pack?: number;
  readonly inactive?: true;
  /** Least quantity and price of a pack. */
  readonly prices?: readonly (readonly [number, number])[];
}

export interface PurchaseSpec {
  readonly reference: string;
  readonly supplier: string;
  readonly description: string;
  readonly status: "draft" | "placed" | "complete";
  /** Days from today. */
  readonly ordered?: number;
  readonly due?: number;
  readonly lines: readonly {
    readonly sku: string;
    readonly packs: number;
    readonly received?: number;
    readonly due?: number;
    readonly price?: number;
  }[];
}

export interface SaleSpec {
  readonly reference: string;
  readonly customer: string;
  readonly description: string;
  readonly status: "pending" | "in progress" | "complete";
  readonly due?: number;
  readonly lines: readonly {
    readonly part: string;
    readonly quantity: number;
    readonly shipped?: number;
    readonly allocated?: number;
    readonly price?: number;
  }[];
}

export interface BuildSpec {
  readonly reference: string;
  readonly title: string;
  readonly part: string;
  readonly quantity: number;
  readonly completed?: number;
  readonly status: "pending" | "production" | "complete";
  readonly due?: number;
  /** Outputs already created and not complete. */
  readonly outputs?: number;
  /** By part: taken from its stock for this build. */
  readonly allocated?: Readonly<Record<string, number>>;
  /** By part: used up by what is completed. */
  readonly consumed?: Readonly<Record<string, number>>;
}
