import { describe, expect, it } from "vitest";
import { readTable as read } from "./folder.ts";

const BOARD = { name: "Board", quantity: 25 };
const CHIP = { name: "Chip", quantity: 4 };

describe("a table from elsewhere is read right, and what is passed over is said", () => {
  it.each<[what: string, text: string, parts: readonly object[], says: readonly string[]]>([
    ["Excel's line that names the separator", "sep=;\r\nname;quantity\r\nBoard;25\r\n", [BOARD], []],
    [
      "a byte order mark in the middle and blanks that cannot be seen",
      "name,quantity\n\ufeffBoard\u00a0,\u200b25\u00a0\n",
      [BOARD],
      [],
    ],
    ["titles in German", "Bezeichnung;Revision;Menge\nBoard;;25\n", [BOARD], []],
    ["titles in French", "Nom;Qté\nBoard;25\n", [BOARD], []],
    ["titles with marks and a unit", "Name*,Qty. (pcs)\nBoard,25\n", [BOARD], []],
    ["tabs with a decimal comma", "name\tquantity\nBoard\t2,5\n", [{ name: "Board", quantity: 2.5 }], []],
    ["a column that nothing stands in", "name,qty,quantity\nBoard,,25\n", [BOARD], []],
    ["Excel's text", 'name,ipn,quantity\n"=""Board""",,25\n,="007",3\n', [BOARD, { ipn: "007", quantity: 3 }], []],
    ["titles on each page", "name,quantity\nBoard,25\nName,Quantity\nChip,4\n", [BOARD, CHIP], []],
    [
      "titles above the table",
      'Bill of Materials,,\nProject: X,Rev B,\n,,\nName,Designator,Quantity\nChip,"U1,U2,U3-U4",4\n',
      [CHIP],
      ["warning: t.csv:1:1: 2 lines stand above the row that names the columns and are not read."],
    ],
    [
      "a total",
      "name,quantity\nBoard,25\nChip,4\nTotal,29\n",
      [BOARD, CHIP],
      ["warning: t.csv:4:1: is the total of the table and is not read."],
    ],
    [
      "totals of sections",
      "name,quantity\nBoard,25\nSubtotal,25\nChip,4\nTotal,29\n",
      [BOARD, CHIP],
      [
        "warning: t.csv:3:1: is the total of the rows above it and is not read.",
        "warning: t.csv:5:1: is the total of the table and is not read.",
      ],
    ],
    [
      "a part that is called like a total",
      "name,quantity\nSum,25\nChip,4\n",
      [{ name: "Sum", quantity: 25 }, CHIP],
      ["warning: t.csv:2:1: is read as a part; delete the row if it is a total."],
    ],
    ["a total that is not there", "name,quantity\nBoard,25\nTotal,\n", [BOARD], ["is the total of the table"]],
    [
      "the levels of InvenTree's list of materials",
      "BOM Level,Part ID,Part IPN,Part Name,Quantity\n1,12,IC-1,Chip,1.0\n2,13,RES-1,Resistor,4.0\n1,14,,Cable,2.0\n",
      [
        { pk: 12, ipn: "IC-1", name: "Chip", quantity: 1 },
        { pk: 14, name: "Cable", quantity: 2 },
      ],
      ["warning: t.csv:3:1: this row is of a deeper level and is not read: InvenTree knows what an assembly consists"],
    ],
    [
      "levels that are drawn",
      "level;name;quantity\n0;Board;25\n.1;Chip;1\n..2;Die;1\n",
      [BOARD],
      ["warning: t.csv:3:1: this row and 1 more are of a deeper level and are not read"],
    ],
    [
      "titles above titles",
      "Part,,Amount\nname,ipn,quantity\nBoard,,25\n",
      [BOARD],
      ["warning: t.csv:1:1: this line stands above the row that names the columns and is not read."],
    ],
    ["a pk as on the command line", "pk,quantity\n#12,3\n", [{ pk: 12, quantity: 3 }], []],
    ["a column for what belongs to it", "name,quantity,include\nBoard,25,yes\nChip,4,no\n", [BOARD], ["left out"]],
    [
      "a line break in a name",
      'name,quantity\n"Board\nB",25\n',
      [{ name: "Board\nB", quantity: 25 }],
      ["has a line break in it; a part's name must be the same to the letter."],
    ],
    [
      "a sum without a word",
      "name;quantity\nBoard;25\nChip;4\n;29\n",
      [BOARD, CHIP],
      ["warning: t.csv:4:1: is the total"],
    ],
    [
      "KiCad's parts that are not populated",
      'Reference,Qty,Name,DNP\n"R1, R2-R5",25,Board,\nU1,4,Chip,DNP\n',
      [BOARD],
      ["warning: t.csv:3:11: Chip is marked as not populated and left out."],
    ],
    ["a column for what is fitted", "name,quantity,fitted\nBoard,25,yes\nChip,4,no\n", [BOARD], ["left out"]],
    [
      "a part that is marked in the quantity",
      "name,quantity\nBoard,25\nChip,DNP\n",
      [BOARD],
      ["warning: t.csv:3:6: Chip"],
    ],
    [
      "references that do not fit the quantity",
      'ref,name,quantity\n"R1,R2,R5-R8",Board,25\n',
      [BOARD],
      ["warning: t.csv:2:1: names 6 references, and the quantity is 25."],
    ],
    [
      "a number of somebody's own",
      "Part Number,Qty\nIC-1,4\n",
      [{ ipn: "IC-1", quantity: 4 }],
      ['warning: t.csv:1:1: the column "Part Number" is read as ipn.'],
    ],
    [
      "points that may be thousands",
      "name,quantity\nBoard,1.000\n",
      [{ name: "Board", quantity: 1 }],
      ["warning: t.csv:2:7 parts[0].quantity: 1.000 is read as 1;"],
    ],
    [
      "a part twice",
      "name,quantity\nBoard,25\nBoard,4\n",
      [BOARD, { name: "Board", quantity: 4 }],
      ["warning: t.csv:3:1 parts[1]: is in the list already (line 2)"],
    ],
    [
      "a no-break space in a name",
      "name,quantity\nA\u00a0B,4\n",
      [{ name: "A\u00a0B", quantity: 4 }],
      ["warning: t.csv:2:1 parts[0].name: "],
    ],
    [
      "rows that are numbered",
      "#,Name,Quantity\n1,Board,25\n2,Chip,4\n",
      [BOARD, CHIP],
      ['warning: t.csv:1:1: the column "#" is not read'],
    ],
    [
      "a remark that may be a part",
      "name,quantity\n# counted by Jo\nBoard,25\n#FF0000 LED,4\n",
      [BOARD],
      ['warning: t.csv:4:1: "#FF0000 LED" begins with # and is taken for a remark: the row is not read;'],
    ],
    [
      "line breaks in cells of all sorts",
      'name,note,quantity\r"Board","a\rb",25\r"Chip",,4\r',
      [BOARD, CHIP],
      ['the column "note" is not read'],
    ],
  ])("%s", async (_what, text, parts, says) => {
    const { parts: got, problems } = await read(text);
    expect(got).toEqual(parts);
    expect(problems).toEqual(says.map((one) => expect.stringContaining(one)));
  });
});

describe("a table that cannot be read says why, once", () => {
  it.each([
    ["Mfr. Part #,Qty\nIC-1,3\n", "t.csv:1:1: no column names the part: give one of them the title name, ipn or pk"],
    ["Digi-Key Part Number,MPN,Quantity\n296-1-ND,TPS1,3\n", "t.csv:1:1: no column names the part"],
    ["Reference,Qty\nR1,1\n", "t.csv:1:1: no column names the part"],
    ["n\u0430me,quantity\nBoard,25\n", "t.csv:1:1: no column names the part"],
    ["Reference,Value,Quantity Per PCB\nR1,10k,1\n", "t.csv:1:1: no column has the title quantity"],
    ["| name | quantity |\n|---|---|\n| Board | 25 |\n", "t.csv:1:1: separates its cells by |; save it with commas"],
    ["Board 25\n", 't.csv:1:1: "Board 25" has no quantity beside it; a row is PART,QUANTITY'],
    ["name,quantity\nBoard,#REF!\n", 't.csv:2:7: "#REF!" is an error of the spreadsheet'],
    ["name,quantity\nBoard,25%\n", 't.csv:2:7 parts[0].quantity: must be a number, not "25%"'],
  ])("%j", async (text, says) => {
    expect(await read(text)).toEqual({ parts: undefined, problems: [expect.stringContaining(says)] });
  });
});

describe("what may be meant otherwise is refused, with the row and the reason", () => {
  it.each<[what: string, text: string, says: string]>([
    [
      "a comma that may be a decimal or not",
      "name;quantity\nBoard;1,000\n",
      't.csv:2:7: "1,000" may have a comma between its thousands or a decimal comma; write 1000 or 1.',
    ],
    ["points between thousands", "name;quantity\nBoard;1.234,50\n", "has points between its thousands; write 1234,50."],
    ["points that may be either", "name;quantity\nBoard;1.000\n", "or a decimal point; write 1000 or 1."],
    ["a negative number of accountants", "name,quantity\nBoard,(5)\n", 'must be a number, not "(5)"'],
    [
      "the mark of a text",
      "ipn,quantity\n'00123,5\n",
      "begins with the ' by which a spreadsheet marks texts; delete it.",
    ],
    ["a text of a web page", "name,quantity\nR&amp;D kit,5\n", "has &amp; in it, as web pages write it"],
    ["the same behind tabs", "name\tquantity\nBoard\t12,500\n", "write 12500 or 12.5."],
    [
      "thousands in quotes",
      'name,quantity\nBoard,"1,000"\n',
      "t.csv:2:7 parts[0].quantity: write 1000: nothing stands between thousands",
    ],
    [
      "thousands with blanks",
      "name,quantity\nBoard,8\u00a0898\n",
      "parts[0].quantity: write 8898: nothing stands between thousands.",
    ],
    ["a unit", "name,quantity\nBoard,5 pcs\n", "parts[0].quantity: write 5; the unit is the part's own in InvenTree."],
    [
      "two columns for the quantity",
      "Part,Qty,Quantity\nChip,1,25\n",
      't.csv:1:10: the columns "Qty" and "Quantity" both stand for quantity; take one of the two out',
    ],
    [
      "two columns of one title",
      "name,quantity,quantity\nBoard,10,20\n",
      'the columns "quantity" and "quantity" both stand for quantity',
    ],
    [
      "two columns for the version",
      "name;ipn;revision;version;menge\nBoard;PCA-1;A;B;10\n",
      'the columns "revision" and "version" both stand for version',
    ],
    ["a column part beside name", "part,name,quantity\nA,B,1\n", 'the columns "part" and "name" both stand for'],
    [
      "no column for the part",
      "Designator,Value,Qty\nR1,10k,4\n",
      "t.csv:1:1: no column names the part: give one of them the title name, ipn or pk",
    ],
    ["no column for the quantity", "Name,Designator\nChip,U1\n", "t.csv:1:1: no column has the title quantity"],
    [
      "an entry above the titles",
      "Board,25\nname,quantity\nChip,4\n",
      "t.csv:1:1: stands above the row that names the columns and looks like an entry",
    ],
    ["a date that was a part number", "ipn,quantity\n12-Oct,4\n", 't.csv:2:1: "12-Oct" looks like a date'],
    ["the same in German", "ipn;quantity\n01. Mrz;4\n", '"01. Mrz" looks like a date'],
    ["a date in full", "ipn;quantity\n01.03.2026;4\n", "looks like a date"],
    ["a number in short", "ipn,quantity\n1.23E+11,4\n", '"1.23E+11" is a number that a spreadsheet has shortened'],
    ["a formula", "name,quantity\nBoard,=A1*2\n", 't.csv:2:7: "=A1*2" is a formula'],
    [
      "a failed formula, which is no remark",
      "name,quantity\n#N/A,4\n",
      't.csv:2:1: "#N/A" is an error of the spreadsheet',
    ],
    [
      "a mark that nobody understands",
      "name,quantity,DNP\nBoard,25,maybe\n",
      '"maybe" does not say whether the part is left out',
    ],
    [
      "references without quotes",
      "references,name,quantity\nR1,R2,Chip,2\n",
      "is in no column that the first row names",
    ],
    ["typographic quotes", "name,quantity\n“Board”,25\n", "the quotes “ and ” are letters here"],
    ["a web page", "<!DOCTYPE html>\n<table>\n", "t.csv:1:1: is a web page or XML, not a table"],
  ])("%s", async (_what, text, says) => {
    const { parts, problems } = await read(text);
    expect(parts).toBeUndefined();
    expect(problems).toContainEqual(expect.stringContaining(says));
  });

  it.each<[what: string, content: Uint8Array, file: string, says: string]>([
    [
      "UTF-16",
      Buffer.from("\ufeffname\tquantity\r\nBoard\t10\r\n", "utf16le"),
      "t.csv",
      "t.csv:1:1: is UTF-16; save it as UTF-8",
    ],
    ["UTF-16 without a mark", Buffer.from("name\tquantity\r\nBoard\t10\r\n", "utf16le"), "t.csv", "is UTF-16"],
    [
      "Latin-1",
      Buffer.from("name;quantity\nSchl\u00fcssel;10\n", "latin1"),
      "t.csv",
      'is not UTF-8, probably Windows-1252: line 2 would read "Schlüssel;10"',
    ],
    [
      "a workbook",
      Buffer.from("PK\u0003\u0004\u0000\u0000", "latin1"),
      "t.csv",
      "is a workbook (.xlsx, .ods) or another ZIP file, not text; save the table as CSV UTF-8.",
    ],
    [
      "a workbook by its name",
      Buffer.from("PK\u0003\u0004\u0000\u0000", "latin1"),
      "t.xlsx",
      "is a workbook (.xlsx, .ods)",
    ],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae10000", "hex"), "t.xls", "is an old workbook (.xls)"],
  ])("%s", async (_what, content, file, says) => {
    const { parts, problems } = await read(content, file);
    expect(parts).toBeUndefined();
    expect(problems).toEqual([expect.stringContaining(says)]);
  });
});
