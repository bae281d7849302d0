import { afterEach, describe, expect, it } from "vitest";
import { withItemLeft, withReceived, withStock } from "../../demo/inventree/changes.ts";
import { one, pks, rows, servers } from "./asking.ts";
import { bomLine, build, part, purchase, sale, stockItem, tables } from "./workshop.ts";

const { start, closeAll } = servers();
afterEach(closeAll);

describe("what the embedded InvenTree says of a part's stock", () => {
  it("counts items that are there and usable: damaged, expired and external ones too", async () => {
    const of = { part: 1, quantity: 1 };
    const items = [
      stockItem({ ...of, pk: 1 }),
      stockItem({ ...of, pk: 2, status: 50 }),
      stockItem({ ...of, pk: 3, status: 55 }),
      stockItem({ ...of, pk: 4, status: 85 }),
      stockItem({ ...of, pk: 5, expiry_date: "2020-01-01" }),
      stockItem({ ...of, pk: 6, location: 2 }),
      stockItem({ ...of, pk: 7, quantity: 0 }),
      stockItem({ ...of, pk: 8, status: 65 }),
      stockItem({ ...of, pk: 9, sales_order: 1 }),
      stockItem({ ...of, pk: 10, belongs_to: 1 }),
      stockItem({ ...of, pk: 11, consumed_by: 1 }),
      stockItem({ ...of, pk: 12, is_building: true, build: 1 }),
    ];
    const locations = [
      { pk: 1, name: "Yard", description: "", parent: null, structural: false, external: false },
      { pk: 2, name: "Assembler", description: "", parent: 1, structural: false, external: true },
    ];
    const server = await start({ tables: tables({ parts: [part({ pk: 1 })], stockItems: items, locations }) });
    expect(await one(server, "part/1/")).toMatchObject({ in_stock: 6, external_stock: 1, stock_item_count: 12 });
    expect(await pks(server, "stock/?in_stock=true")).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await pks(server, "stock/?expired=true")).toEqual([5]);
    expect(await pks(server, "stock/?location=1&cascade=true")).toEqual([6]);
    expect(await pks(server, "stock/?location=1&cascade=false")).toEqual([]);
  });

  it("keeps variants apart, and mixes scopes in unallocated_stock as InvenTree does", async () => {
    const parts = [
      part({ pk: 1, is_template: true, assembly: true }),
      part({ pk: 2, variant_of: 1 }),
      part({ pk: 3, variant_of: 2 }),
    ];
    const stockItems = [1, 2, 3].map((pk) => stockItem({ pk, part: pk, quantity: 10 }));
    const builds = [build({ pk: 1, part: 1, quantity: 1 })];
    const bomLines = [bomLine({ pk: 1, part: 1, sub_part: 3 })];
    const buildLines = [{ pk: 1, build: 1, bom_item: 1, quantity: 4, consumed: 0 }];
    const buildAllocations = [{ build_line: 1, stock_item: 3, quantity: 4 }];
    const server = await start({
      tables: tables({ parts, stockItems, builds, bomLines, buildLines, buildAllocations }),
    });
    expect(await one(server, "part/1/")).toMatchObject({
      in_stock: 10,
      variant_stock: 20,
      total_in_stock: 30,
      allocated_to_build_orders: 0,
      unallocated_stock: 30,
    });
    expect(await one(server, "part/1/requirements/")).toMatchObject({
      total_stock: 30,
      unallocated_stock: 26,
      allocated_to_build_orders: 4,
      required_for_build_orders: 4,
    });
    expect(await pks(server, "stock/?part=1")).toEqual([1, 2, 3]);
    expect(await pks(server, "stock/?part=1&include_variants=false")).toEqual([1]);
    expect(await pks(server, "part/?ancestor=1")).toEqual([2, 3]);
    expect(await pks(server, "part/?variant_of=1")).toEqual([2]);
  });

  it("truncates what orders require in the list, below zero too, and is exact in requirements", async () => {
    const parts = [part({ pk: 1, units: "m" }), part({ pk: 2, assembly: true })];
    const builds = [build({ pk: 1, part: 2, quantity: 25 }), build({ pk: 2, part: 2, quantity: 99, status: 40 })];
    const buildLines = [
      { pk: 1, build: 1, bom_item: 1, quantity: 62.8, consumed: 0.3 },
      { pk: 2, build: 2, bom_item: 1, quantity: 250, consumed: 0 },
    ];
    const bomLines = [bomLine({ pk: 1, part: 2, sub_part: 1, quantity: 2.5 })];
    const oversold = sale(20, { quantity: 2, shipped: 4.5 });
    const server = await start({ tables: tables({ parts, builds, buildLines, bomLines, ...oversold }) });
    expect(await one(server, "part/1/")).toMatchObject({
      required_for_build_orders: 62,
      required_for_sales_orders: -2,
    });
    expect(await one(server, "part/1/requirements/")).toMatchObject({
      required_for_build_orders: 62.5,
      required_for_sales_orders: 0,
    });
    expect(await pks(server, "build/line/?part=1")).toEqual([1, 2]);
    expect(await pks(server, "build/line/?part=1&order_outstanding=true")).toEqual([1]);
  });

  it.each([
    [10, "a draft", 30],
    [20, "placed", 30],
    [25, "on hold", 30],
    [30, "complete", 0],
    [40, "cancelled", 0],
  ])("counts what is on order in pieces, packs resolved (status %i, %s)", async (status, _words, ordering) => {
    const server = await start({ tables: tables({ parts: [part({ pk: 1 })], ...purchase(status) }) });
    expect(await one(server, "part/1/")).toMatchObject({ ordering });
    expect(await pks(server, "order/po-line/?base_part=1&pending=true")).toEqual(ordering > 0 ? [1] : []);
    expect(await pks(server, "order/po-line/?base_part=1&order_outstanding=true")).toEqual(ordering > 0 ? [1] : []);
  });

  it("lets outputs created and quantity outstanding overlap", async () => {
    const server = await start({
      tables: tables({
        parts: [part({ pk: 1, assembly: true })],
        builds: [
          build({ pk: 1, part: 1, quantity: 10, completed: 3 }),
          build({ pk: 2, part: 1, quantity: 9, status: 40 }),
        ],
        stockItems: [stockItem({ pk: 1, part: 1, quantity: 7, is_building: true, build: 1 })],
      }),
    });
    expect(await one(server, "part/1/")).toMatchObject({ building: 7, scheduled_to_build: 7, in_stock: 0 });
  });

  it("counts allocations of active builds in the list, of every build in requirements", async () => {
    const server = await start({
      tables: tables({
        parts: [part({ pk: 1 }), part({ pk: 2, assembly: true })],
        stockItems: [stockItem({ pk: 1, part: 1, quantity: 10 })],
        bomLines: [bomLine({ pk: 1, part: 2, sub_part: 1 })],
        builds: [build({ pk: 1, part: 2, quantity: 3 }), build({ pk: 2, part: 2, quantity: 4, status: 30 })],
        buildLines: [
          { pk: 1, build: 1, bom_item: 1, quantity: 3, consumed: 0 },
          { pk: 2, build: 2, bom_item: 1, quantity: 4, consumed: 0 },
        ],
        buildAllocations: [
          { build_line: 1, stock_item: 1, quantity: 3 },
          { build_line: 2, stock_item: 1, quantity: 4 },
        ],
      }),
    });
    expect(await one(server, "part/1/")).toMatchObject({ allocated_to_build_orders: 3, required_for_build_orders: 3 });
    expect(await one(server, "part/1/requirements/")).toMatchObject({ allocated_to_build_orders: 7 });
  });

  it("counts as allocated to sales only what has not left yet", async () => {
    const open = { ...sale(15, { quantity: 9, shipped: 2 }) };
    const server = await start({
      tables: tables({
        parts: [part({ pk: 1 })],
        stockItems: [stockItem({ pk: 1, part: 1, quantity: 10 })],
        ...open,
        salesAllocations: [
          { line: 1, item: 1, quantity: 2, shipped: true },
          { line: 1, item: 1, quantity: 3, shipped: false },
        ],
      }),
    });
    expect(await one(server, "part/1/")).toMatchObject({ allocated_to_sales_orders: 3, unallocated_stock: 7 });
    expect((await rows(server, "order/so-line/"))[0]).toMatchObject({ allocated: 5, available_stock: 7 });
  });
});

describe("what the embedded InvenTree says of a BOM", () => {
  const parts = [
    part({ pk: 1, assembly: true, is_template: true }),
    part({ pk: 2, assembly: true, variant_of: 1 }),
    part({ pk: 3 }),
    part({ pk: 4, variant_of: 3 }),
    part({ pk: 5 }),
    part({ pk: 6, virtual: true, assembly: true }),
    part({ pk: 7, consumable: true }),
  ];
  const bomLines = [
    bomLine({ pk: 1, part: 1, sub_part: 3, inherited: true, quantity: 2, attrition: 25, setup_quantity: 3 }),
    bomLine({ pk: 2, part: 1, sub_part: 5 }),
    bomLine({ pk: 3, part: 2, sub_part: 5, optional: true, quantity: 4 }),
    bomLine({ pk: 4, part: 2, sub_part: 6 }),
    bomLine({ pk: 5, part: 2, sub_part: 7 }),
    bomLine({ pk: 6, part: 2, sub_part: 5, consumable: true, quantity: 1000 }),
  ];
  const substitutes = [{ pk: 1, bom_item: 1, part: 5 }];
  const stockItems = [
    stockItem({ pk: 1, part: 3, quantity: 10 }),
    stockItem({ pk: 2, part: 4, quantity: 20 }),
    stockItem({ pk: 3, part: 5, quantity: 30 }),
  ];
  const filled = tables({ parts, bomLines, substitutes, stockItems });

  it("gives an assembly its own lines and those it inherits, which keep their owner", async () => {
    const server = await start({ tables: filled });
    expect(await pks(server, "bom/?part=1")).toEqual([1, 2]);
    expect(await pks(server, "bom/?part=2")).toEqual([1, 3, 4, 5, 6]);
    expect((await rows(server, "bom/?part=2"))[0]).toMatchObject({ pk: 1, part: 1 });
    expect(await pks(server, "part/?in_bom_for=2")).toEqual([3, 5, 6, 7]);
  });

  it("finds where a part is used, as a substitute too, and as a variant where variants are allowed", async () => {
    const lines = [...bomLines, bomLine({ pk: 7, part: 1, sub_part: 3, allow_variants: true })];
    const server = await start({ tables: { ...filled, bomLines: lines } });
    expect(await pks(server, "bom/?uses=5")).toEqual([1, 2, 3, 6]);
    expect(await pks(server, "bom/?uses=4")).toEqual([7]);
  });

  it("counts variants and substitutes in can_build whether allowed or not, with attrition and setup, unrounded", async () => {
    const server = await start({ tables: filled });
    const [line] = await rows(server, "bom/?part=1&substitutes=true");
    expect(line).toMatchObject({
      available_stock: 10,
      available_variant_stock: 20,
      available_substitute_stock: 30,
      can_build: 22.8,
      substitutes: [{ part: 5 }],
    });
    expect((await rows(server, "bom/?part=1&can_build=false"))[0]).not.toHaveProperty("can_build");
    expect(line?.substitutes).toBeDefined();
    expect((await rows(server, "bom/?part=1"))[0]).not.toHaveProperty("substitutes");
  });

  it("builds as many as the scarcest line allows: optional ones count, virtual and consumable ones do not", async () => {
    const server = await start({ tables: filled });
    expect(await one(server, "part/2/requirements/")).toMatchObject({ can_build: 7 });
    expect(await one(server, "part/3/requirements/")).toMatchObject({ can_build: 0 });
  });
});

describe("finding parts in the embedded InvenTree", () => {
  const categories = [
    { pk: 1, name: "Electronics", description: "", parent: null, structural: false },
    { pk: 2, name: "Passives", description: "", parent: 1, structural: false },
  ];
  const parts = [
    part({ pk: 1, name: "Resistor 10k", IPN: "RES-1", category: 2 }),
    part({ pk: 2, name: "Capacitor", IPN: "cap-1", category: 1, active: false }),
    part({ pk: 3, name: "Housing", description: "black, for the resistor box", minimum_stock: 5 }),
  ];

  it.each([
    ["name_regex=^resistor%2010k$", [1]],
    ["IPN_regex=^CAP", [2]],
    ["IPN=CAP-1", []],
    ["IPN=cap-1", [2]],
    ["search=resistor", [3, 1]],
    ["search=black%20box", [3]],
    ["active=true", [3, 1]],
    ["active=false", [2]],
    ["active=perhaps", [2, 3, 1]],
    ["category=1&cascade=true", [2, 1]],
    ["category=1&cascade=false", [2]],
    ["category=null", [3]],
    ["low_stock=true", [3]],
    ["exclude_id=1,2", [3]],
  ])("part/?%s finds the right ones", async (query, found) => {
    const server = await start({ tables: tables({ parts, categories }) });
    expect(await pks(server, `part/?${query}`)).toEqual(found);
  });
});

describe("changes to the embedded InvenTree", () => {
  it("are seen by the next request: stock is set, an item used up, a delivery received", async () => {
    const stockItems = [stockItem({ pk: 1, part: 1, quantity: 4 }), stockItem({ pk: 2, part: 1, quantity: 5 })];
    const server = await start({ tables: tables({ parts: [part({ pk: 1 })], stockItems, ...purchase(20) }) });
    server.change((now) => withItemLeft(now, { item: 1, quantity: 0.5 }));
    expect(await one(server, "part/1/")).toMatchObject({ in_stock: 5.5, ordering: 30 });
    server.change((now) => withReceived(now, { line: 1, packs: 1 }));
    expect(await one(server, "part/1/")).toMatchObject({ in_stock: 15.5, ordering: 20 });
    expect(await one(server, "order/po/1/")).toMatchObject({ status: 20, completed_lines: 0 });
    server.change((now) => withReceived(now, { line: 1 }));
    expect(await one(server, "part/1/")).toMatchObject({ in_stock: 35.5, ordering: 0 });
    expect(await one(server, "order/po/1/")).toMatchObject({ status: 30, completed_lines: 1 });
    server.change((now) => withStock(now, { part: 1, quantity: 2 }));
    expect(await one(server, "part/1/")).toMatchObject({ in_stock: 2 });
  });
});
