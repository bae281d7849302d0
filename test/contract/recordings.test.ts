import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AREAS, type Roles } from "../../demo/inventree/route.ts";
import { type EmbeddedInventree, startInventree } from "../../demo/inventree/server.ts";
import { needs } from "../support/needs.ts";
import { isRaw, type Raw, recorded, recordedRows, recordingsPresent } from "../support/recordings.ts";
import { recordedTables } from "./recorded-tables.ts";

const everything: Roles = Object.fromEntries(AREAS.map((area) => [area, ["view", "add", "change", "delete"]]));

describe(
  "loaded with the recorded facts, the embedded InvenTree answers as recorded",
  needs("recordings in ../shared", recordingsPresent),
  () => {
    let inventree: EmbeddedInventree;
    let checks = 0;

    beforeAll(async () => {
      inventree = await startInventree({ tables: recordedTables(), roles: everything });
    });

    afterAll(async () => {
      process.stdout.write(`contract: ${checks} recorded fields compared with the embedded InvenTree\n`);
      await inventree.close();
    });

    /** Differences by field, each as `field of pk: recorded, answered`. */
    function differences(expected: unknown, answered: unknown): string[] {
      const found: string[] = [];
      compare("", [expected, answered], (where, [was, is]) => {
        checks += 1;
        if (!Object.is(was, is))
          found.push(`${where}: recorded ${JSON.stringify(was)}, answered ${JSON.stringify(is)}`);
      });
      return found;
    }

    async function ask(path: string): Promise<unknown> {
      const response = await fetch(inventree.url + path, { headers: { authorization: `Token ${inventree.token}` } });
      expect(response.status, path).toBe(200);
      return response.json();
    }

    it.each([
      ["part-plain.json", "/api/part/?limit=100000"],
      ["bom-plain.json", "/api/bom/?limit=100000"],
      ["bom-substitute.json", "/api/bom/substitute/?limit=100000"],
      ["stock-plain.json", "/api/stock/?limit=100000"],
      ["location.json", "/api/stock/location/?limit=100000"],
      ["category.json", "/api/part/category/?limit=100000&path_detail=true"],
      ["build.json", "/api/build/?limit=100000&part_detail=true"],
      ["build-line-plain.json", "/api/build/line/?limit=100000"],
      ["po.json", "/api/order/po/?limit=100000&supplier_detail=true"],
      ["po-line.json", "/api/order/po-line/?limit=100000&part_detail=true&order_detail=true"],
      ["so.json", "/api/order/so/?limit=100000&customer_detail=true"],
      ["so-line.json", "/api/order/so-line/?limit=100000&part_detail=true&order_detail=true&customer_detail=true"],
      ["supplier-part-plain.json", "/api/company/part/?limit=100000"],
      ["company.json", "/api/company/?limit=100000"],
      ["currency-exchange.json", "/api/currency/exchange/"],
    ])("%s has every field as recorded, rows in the same order", async (file, path) => {
      expect(differences(recorded(file), await ask(path))).toEqual([]);
    });

    it("bom.json has every field as recorded, but two totals of rounded prices", async () => {
      expect(differences(recorded("bom.json"), await ask(`/api/bom/?limit=100000${BOM_DETAILS}`))).toEqual(SIX_DIGITS);
    });

    it("price breaks are as recorded", async () => {
      expect(differences(recorded("price-break.json"), await ask("/api/company/price-break/?limit=100000"))).toEqual(
        [],
      );
    });

    it("requirements of all parts are as recorded", async () => {
      const all = recorded("part-requirements.json");
      if (!isRaw(all)) throw new Error("part-requirements.json is no object");
      for (const [pk, expected] of Object.entries(all)) {
        expect(differences(expected, await ask(`/api/part/${pk}/requirements/`)), `part ${pk}`).toEqual([]);
      }
    });

    it("the BOM of each of the twenty assemblies is as recorded, with inherited lines, but the same two totals", async () => {
      const assemblies = recordedRows("part-plain.json").filter((part) => part.assembly === true);
      expect(assemblies).toHaveLength(20);
      const found: string[] = [];
      for (const { pk } of assemblies) {
        const answered = await ask(`/api/bom/?part=${pk}&limit=100000${BOM_DETAILS}`);
        found.push(...differences(recorded(`bom-by-part/${pk}.json`), answered));
      }
      expect(found.sort()).toEqual(SIX_DIGITS);
    });

    it("overall prices of each assembly and whether its BOM is validated are as recorded", async () => {
      for (const { pk } of recordedRows("part-plain.json").filter((part) => part.assembly === true)) {
        const prices = only(recorded(`part-pricing/${pk}.json`), ["currency", "overall_min", "overall_max"]);
        const validated = only(recorded(`part-bom-validate/${pk}.json`), ["pk", "bom_validated"]);
        expect(differences(prices, only(await ask(`/api/part/${pk}/pricing/`), Object.keys(prices)))).toEqual([]);
        expect(differences(validated, await ask(`/api/part/${pk}/bom-validate/`))).toEqual([]);
      }
    });

    it("a part's own page is its row of the list", async () => {
      for (const row of recordedRows("part-plain.json").slice(0, 40)) {
        expect(differences(row, await ask(`/api/part/${row.pk}/`))).toEqual([]);
      }
    });

    it.each([
      ["unknown-filter.json", "/api/part/?no_such_filter=1&limit=1"],
      ["limit-zero.json", "/api/part/?limit=0"],
      ["offset-beyond.json", "/api/part/?limit=5&offset=100000"],
    ])("the odd list %s is as recorded", async (file, path) => {
      const answered = JSON.stringify(await ask(path)).replaceAll(inventree.url, "http://127.0.0.1:8000");
      expect(differences(recorded(`errors/${file}`), JSON.parse(answered))).toEqual([]);
    });

    const token = { authorization: "Token inv-embedded-token" };
    const json = { ...token, "content-type": "application/json" };
    it.each<[string, number, string, RequestInit]>([
      ["401-no-auth.json", 401, "/api/part/?limit=1", {}],
      ["401-bad-token.json", 401, "/api/part/?limit=1", { headers: { authorization: "Token wrong" } }],
      ["401-bad-basic.json", 401, "/api/user/token/", { headers: { authorization: "Basic YTpi" } }],
      ["404-anon-api-path.json", 401, "/api/does-not-exist/", {}],
      ["404-api-path.json", 404, "/api/does-not-exist/", { headers: token }],
      ["404-part.json", 404, "/api/part/99999999/", { headers: token }],
      ["400-bad-part-filter.json", 400, "/api/bom/?part=99999999&limit=1", { headers: token }],
      ["400-bad-part-filter2.json", 400, "/api/bom/?part=abc&limit=1", { headers: token }],
      ["400-part-list-filter.json", 400, "/api/bom/?part=77,85&limit=1", { headers: token }],
      ["400-exclude-id.json", 400, "/api/part/?exclude_id=abc&limit=1", { headers: token }],
      ["400-post-part.json", 400, "/api/part/", { method: "POST", body: "{}", headers: json }],
      ["405.json", 405, "/api/part/1/requirements/", { method: "POST", body: "{}", headers: json }],
      ["406.json", 406, "/api/part/?limit=1", { headers: { ...token, accept: "application/xml" } }],
      [
        "415.json",
        415,
        "/api/part/",
        { method: "POST", body: "x", headers: { ...token, "content-type": "text/weird" } },
      ],
    ])("the refusal %s is as recorded", async (file, status, path, request) => {
      const response = await fetch(inventree.url + path, request);
      const body = (await response.text()).replaceAll(inventree.url, "http://127.0.0.1:8000");
      expect(response.status).toBe(status);
      expect(response.headers.get("x-inventree-api")).toBe("530");
      expect(differences(recorded(`errors/${file}`), JSON.parse(body))).toEqual([]);
    });

    it("a token without the role is refused as recorded, for reading and for writing", async () => {
      const closed = await startInventree({ tables: inventree.tables(), roles: { bom: ["view"] } });
      const read = await fetch(`${closed.url}/api/part/?limit=1`, { headers: token });
      const write = await fetch(`${closed.url}/api/bom/`, { method: "POST", body: "{}", headers: json });
      await closed.close();
      expect([read.status, write.status]).toEqual([403, 403]);
      expect(differences(recorded("errors/403-no-role.json"), await read.json())).toEqual([]);
      expect(differences(recorded("errors/403-post-readonly-user.json"), await write.json())).toEqual([]);
    });
  },
);

/** Two unit prices were recorded with six digits only: their totals cannot be had from them to the last digit. */
const SIX_DIGITS = [
  "/results/pk 37/pricing_max_total: recorded 21.73913, answered 21.739131",
  "/results/pk 38/pricing_max_total: recorded 6.684782, answered 6.684783",
];

const BOM_DETAILS = "&part_detail=true&sub_part_detail=true&substitutes=true&pricing=true&can_build=true";

/** Walks both values together; a field that one of them lacks is undefined there. */
function compare(
  where: string,
  pair: readonly [unknown, unknown],
  leaf: (where: string, pair: readonly [unknown, unknown]) => void,
) {
  const [was, is] = pair;
  if (Array.isArray(was) && Array.isArray(is)) {
    for (let index = 0; index < Math.max(was.length, is.length); index += 1) {
      const row: unknown = was[index];
      const name = isRaw(row) && "pk" in row ? `pk ${row.pk}` : String(index);
      compare(`${where}/${name}`, [row, is[index]], leaf);
    }
    return;
  }
  if (!isRaw(was) || !isRaw(is)) {
    leaf(where, pair);
    return;
  }
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
    compare(`${where}/${name}`, [was[name], is[name]], leaf);
}

function only(answer: unknown, names: readonly string[]): Raw {
  if (!isRaw(answer)) throw new Error("no object");
  return Object.fromEntries(names.map((name) => [name, answer[name]]));
}
