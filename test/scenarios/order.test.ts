import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { boardList, CHIP, smallProduct } from "../support/small-product.ts";
import { openWorkspace, type Workspace } from "../support/workspace.ts";

const NOW = ["--now", "2026-11-23T08:00:00Z"];

/** 5 chips in stock, of which each of two lists needs 10; one distributor sells them in packs of 10. */
function openLists(): Promise<Workspace> {
  const company = { description: "", currency: "EUR", is_customer: false, is_manufacturer: false, is_supplier: true };
  const tables = smallProduct({
    companies: [{ pk: 5, name: "Halbleiter Nord", active: true, ...company }],
    supplierParts: [
      {
        ...{ pk: 7, part: CHIP, supplier: 5, SKU: "=HN-1", MPN: "C 1", description: null, active: true, available: 0 },
        ...{ pack_quantity: "10", pack_quantity_native: 10 },
      },
    ],
    priceBreaks: [{ pk: 1, part: 7, quantity: 1, price: 2.5, price_currency: "EUR" }],
  });
  return openWorkspace({
    files: {
      "partwatch.yaml": "lead_times: { default: 14 }\n",
      "monitors/first.yaml": boardList({ name: "First", needed_by: "2027-01-20" }),
      "monitors/second.yaml": boardList({ name: "Second", parts: "[{ name: Board, quantity: 30 }]" }),
      "monitors/later.yaml": boardList({ name: "Later", active: "false" }),
      "monitors/plan.yaml":
        'name: Plan\ncron_schedule: "0 7 * * *"\nlists: [second, first, later]\npolicy: { on_order: count }\nrecipients: [a@example.com]\n',
      "monitors/broken.yaml": "name: Broken\n",
      "monitors/watched.yaml":
        'name: Watched\ncron_schedule: "0 7 * * *"\nwatch: [{ part: Chip, minimum: 8 }]\nrecipients: [a@example.com]\n',
    },
    inventree: { tables },
  });
}

describe("the basket of all lists", () => {
  it("counts each shortage once and rounds to packs once, by supplier, for those who read it and for their tools", async () => {
    await using workspace = await openLists();
    const refused = await workspace.partwatch(["order", ...NOW]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.errText).toMatch(
      /^monitors\/broken\.yaml cannot be used:\n[\s\S]*Fix it, or name the lists to order for\.$/m,
    );
    await workspace.remove("monitors/broken.yaml");
    const shown = await workspace.partwatch(["order", "--csv", "out/orders", ...NOW]);
    expect(shown).toMatchObject({ code: 0 });
    // 40 are needed and 5 there: 35, in packs of 10. Each list alone would order 10 and 30.
    expect(shown.stdout).toMatch(/^Halbleiter Nord\n.*\n.*\nChip +4 × 10 +=HN-1 .*€10\.00/m);
    expect(shown.stdout).toContain("Total €10.00.");
    // What nobody sells comes last: 160 resistors are needed, 100 are there.
    expect(shown.stdout).toMatch(/^Nobody offers\n.*\n.*\nResistor 0402: 10k +60 +no supplier part/m);
    expect(shown.stdout).toContain("For first, second.");
    const folder = join(workspace.root, "out/orders");
    expect(readdirSync(folder)).toEqual(["halbleiter-nord.csv"]);
    expect(readFileSync(join(folder, "halbleiter-nord.csv"), "utf8").split("\r\n").slice(1)).toEqual([
      "'=HN-1,4,C 1,Chip,IC-1,first second",
      "",
    ]);
    // The table of a supplier of whom nothing is to order any more would be ordered as well.
    await workspace.write("out/orders/older.csv", "SKU,Quantity\n");
    const stale = await workspace.partwatch(["order", "--csv", "out/orders", ...NOW]);
    expect(stale).toMatchObject({ code: 1, stdout: "" });
    expect(stale.errText).toContain(
      "--csv out/orders: it already holds other tables (older.csv), which would be ordered",
    );
    const { stdout } = await workspace.partwatch(["order", "--json", ...NOW]);
    expect(JSON.parse(stdout)).toMatchObject({
      lists: ["first", "second"],
      suppliers: [
        {
          supplier: "Halbleiter Nord",
          lines: [{ part: CHIP, to_order: 35, order_quantity: 40, order_by: "2027-01-06", lists: ["first", "second"] }],
          totals: [{ currency: "EUR", total: 10 }],
          unpriced: 0,
        },
      ],
      without_offer: [{ to_order: 60, reason: "no_supplier_part" }],
      problems: [],
    });
    const plan = await workspace.partwatch(["order", "plan", "--json", ...NOW]);
    expect(plan.errText).toContain("later is inactive: it is left out.");
    expect(JSON.parse(plan.stdout)).toMatchObject(JSON.parse(stdout));
    const both = await workspace.partwatch(["order", "plan", "first", ...NOW]);
    expect(both).toMatchObject({ code: 2, errText: "plan is a plan: name it alone, or name lists.\n" });
    expect(workspace.sink.mails()).toEqual([]);
    expect(await workspace.commits()).toBe(0);
  });

  it("is made for the lists that are named, and says what is wrong with the others", async () => {
    await using workspace = await openLists();
    const one = await workspace.partwatch(["order", "first", "later", ...NOW]);
    expect(one).toMatchObject({ code: 0 });
    expect(one.stdout).toMatch(/^Chip +1 × 10 /m);
    expect(one.errText).toContain("later is inactive: it is left out.");
    const refused = [
      [["later"], "There is no active list with parts: nothing to order for."],
      [["watched"], "watched only watches stock: it has no parts to order for."],
      [["frist"], "Did you mean first?"],
      [["first", "--instance", "plant"], "first is a list of instance default, not of plant."],
    ] as const;
    for (const [args, words] of refused) {
      const { code, errText } = await workspace.partwatch(["order", ...args, ...NOW]);
      expect({ failed: code !== 0, errText }).toEqual({ failed: true, errText: expect.stringContaining(words) });
    }
  });
});
