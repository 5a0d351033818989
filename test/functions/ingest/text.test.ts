import assert from "node:assert/strict";
import { describe, it } from "node:test";
import iconv from "iconv-lite";
import type { ReadOptions } from "../../../contract/index.ts";
import { DataError } from "../../../functions/ingest/data-error.ts";
import { readUpload } from "./read-upload.ts";
import { refused } from "./refused.ts";

const lines = (...rows: string[]) => `${rows.join("\n")}\n`;
const numbered = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index));

describe("delimited text", () => {
  it("finds a table between title, notes and totals, and tells what it left out", async () => {
    const { rows, types, rejects, read } = await readUpload(
      lines(
        "Sales report 2024",
        "Generated 2024-05-01",
        "",
        "Region,Product,Amount",
        'North,Lamp,"1,200.50"',
        "South,Desk,900",
        'East,Chair,"2,300"',
        "",
        'Total,,"4,400.50"',
        "Source: ERP",
      ),
    );
    assert.deepEqual(types, { Region: "VARCHAR", Product: "VARCHAR", Amount: "DOUBLE" });
    assert.deepEqual(rows, [
      ["North", "Lamp", 1200.5],
      ["South", "Desk", 900],
      ["East", "Chair", 2300],
    ]);
    assert.equal(read.headerRow, 4);
    assert.deepEqual(
      rejects.map(({ row, column, value }) => ({ row, column, value })),
      [
        { row: 9, column: null, value: 'Total,,"4,400.50"' },
        { row: 10, column: null, value: "Source: ERP" },
      ],
    );
  });

  for (const [what, broken, rejected] of [
    ["too many cells", "21,Smith, John,5", true],
    ["a single cell", "oh no", true],
    ["a quote that never ends", '21,"broken,5', false],
    ["too few cells", "21,short", false],
  ] as const) {
    it(`keeps its columns when one row has ${what}`, async () => {
      const good = numbered(60, (index) => (index === 20 ? broken : `${index + 1},name ${index},${index * 1.5}`));
      const { types, rows, rejects } = await readUpload(lines("id,name,amount", ...good));
      assert.deepEqual(types, { id: "BIGINT", name: "VARCHAR", amount: "DOUBLE" });
      assert.equal(rows.length, rejected ? 59 : 60);
      if (what !== "a quote that never ends") assert.equal(rejects[0]?.row, 22);
    });
  }

  it("does not let a quote without end swallow the rows below it", async () => {
    const { rows } = await readUpload(lines("id,text,n", '1,"never closed,5', "2,fine,6", '3,"ok, really",7', "4,d,8"));
    assert.deepEqual(
      rows.map(([id, , n]) => [id, n]),
      [
        [1, 5],
        [2, 6],
        [3, 7],
        [4, 8],
      ],
    );
  });

  for (const delimiter of [",", ";", "\t", "|", "~", "^", "||", "\u001f"]) {
    it(`recognises cells separated by ${JSON.stringify(delimiter)}`, async () => {
      const table = [
        ["id", "city", "opened"],
        ["1", "Paris", "2020-01-31"],
        ["2", "Rome", "2021-02-28"],
      ];
      const { rows, types } = await readUpload(lines(...table.map((cells) => cells.join(delimiter))));
      assert.deepEqual(types, { id: "BIGINT", city: "VARCHAR", opened: "DATE" });
      assert.deepEqual(rows, [
        [1, "Paris", "2020-01-31"],
        [2, "Rome", "2021-02-28"],
      ]);
    });
  }

  it("reads quotes that are doubled, escaped, inside of cells, and cells of several lines", async () => {
    const doubled = await readUpload('id,text,n\n1,"one\nline ""two"", more",5\n2,5" disk,6\n3, "spaced" ,7\n');
    assert.deepEqual(doubled.rows, [
      [1, 'one\nline "two", more', 5],
      [2, '5" disk', 6],
      [3, "spaced", 7],
    ]);
    const escaped = await readUpload('id,text\n1,"a \\"b\\" c, d"\n2,"e"\n');
    assert.deepEqual(escaped.rows, [
      [1, 'a "b" c, d'],
      [2, "e"],
    ]);
  });

  it("names columns whose header is empty or repeated, joins headers of two lines, and does without one", async () => {
    const named = await readUpload(lines("id,Amount,amount,,", "1,2,3,4,", "6,7,8,9,"));
    assert.deepEqual(Object.keys(named.types), ["id", "Amount", "amount_2", "column4"]);
    const joined = await readUpload(
      lines(",Sales,,Costs,", "Region,Q1,Q2,Q1,Q2", "N,1,2,3,4", "S,5,6,7,8", "E,1,1,1,1"),
    );
    assert.deepEqual(Object.keys(joined.types), ["Region", "Sales Q1", "Sales Q2", "Costs Q1", "Costs Q2"]);
    const years = await readUpload(lines("Country,2019,2020,2021", "FR,1,2,3", "DE,4,5,6", "IT,7,8,9"));
    assert.deepEqual(
      years.columns.map(({ name }) => name),
      ["Country", "2019", "2020", "2021"],
    );
    const none = await readUpload(lines("1,2020-01-01,abc", "2,2020-01-02,def", "3,2020-01-03,ghi"));
    assert.deepEqual(none.types, { column1: "BIGINT", column2: "DATE", column3: "VARCHAR" });
    assert.equal(none.rows.length, 3);
  });

  it("skips comments, separators and repeated headers", async () => {
    const { rows, rejects } = await readUpload(
      lines("# exported by x", "id|v", "---|---", "1|2", "# later", "id|v", "3|4"),
    );
    assert.deepEqual(rows, [
      [1, 2],
      [3, 4],
    ]);
    assert.deepEqual(
      rejects.map(({ row }) => row),
      [6],
    );
  });

  const words = "name,city\nJosé,Málaga\nZoë,Köln\n";
  const read = [
    ["José", "Málaga"],
    ["Zoë", "Köln"],
  ];
  for (const [what, bytes] of [
    ["UTF-8", Buffer.from(words)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${words}`)],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${words}`, "utf16le")],
    ["UTF-16 without", Buffer.from(words, "utf16le")],
    ["big-endian UTF-16", Buffer.from(`\ufeff${words}`, "utf16le").swap16()],
    ["Windows-1252", Buffer.from(words, "latin1")],
    [
      "UTF-8 with one bad byte",
      Buffer.concat([Buffer.from(`${words.slice(0, -9)}Zo`), Buffer.from([0xeb]), Buffer.from(",Köln\n")]),
    ],
    [
      "UTF-8 with a part that was pasted from elsewhere",
      Buffer.concat([Buffer.from("name,city\nJosé,Málaga\n"), Buffer.from("Zoë,Köln\n", "latin1")]),
    ],
    ["old Macs' line ends", Buffer.from(words.replaceAll("\n", "\r"))],
    ["NULs", Buffer.from(words.replace("Zoë", "Z\0oë\0"))],
  ] as const) {
    it(`reads ${what}`, async () => {
      const { rows, types } = await readUpload(bytes);
      assert.deepEqual(Object.keys(types), ["name", "city"]);
      assert.deepEqual(rows, read);
    });
  }

  for (const [text, ...encodings] of [
    ["имя;город\nАнна;Москва\nПётр;Казань\n", "windows-1251", "koi8-r", "iso-8859-5", "ibm866"],
    ["Город;Count\nМосква;1\n", "windows-1251", "koi8-r"],
    ["imię;miasto\nŁukasz;Łódź\nGrażyna;Gdańsk\n", "windows-1250", "iso-8859-2"],
    ["jméno;město\nŘehoř;Plzeň\nŽaneta;Štětí\n", "windows-1250", "iso-8859-2"],
    ["név;város\nŐrs;Győr\nÁgnes;Pécs\n", "windows-1250"],
    ["Name;Ort\nMüller;Köln\nGroß;Nürnberg\n", "windows-1252", "macintosh"],
    ["nom;ville\nHélène;Orléans\nFrançois;Besançon\n", "windows-1252", "macintosh"],
    ["Artikel;Größe\nStuhl;„groß“\nTisch – alt;don’t\n", "windows-1252"],
    ["isim;şehir\nGülşen;İstanbul\nÇağrı;Eskişehir\n", "windows-1254"],
    ["όνομα;πόλη\nΓιώργος;Αθήνα\nΕλένη;Πάτρα\n", "windows-1253"],
    ["שם;עיר\nדוד;ירושלים\nרחל;חיפה\n", "windows-1255"],
    ["الاسم;المدينة\nأحمد;القاهرة\nفاطمة;دمشق\n", "windows-1256", "iso-8859-6"],
    ["名前;都市\n田中;東京\nさくら;大阪\n", "shift_jis", "euc-jp"],
    ["姓名;城市\n张伟;北京\n王芳;上海\n", "gbk"],
    ["姓名;城市\n陳怡君;台北\n林志明;高雄\n", "big5"],
    ["이름;도시\n김민수;서울\n이영희;부산\n", "euc-kr"],
    ["ชื่อ;เมือง\nสมชาย;กรุงเทพ\n", "windows-874"],
  ] as const) {
    for (const encoding of encodings) {
      it(`recognises ${encoding} in a few words: ${text.slice(0, 12).split("\n")[0]}`, async () => {
        const { columns, rows } = await readUpload(iconv.encode(text, encoding));
        const got = [columns.map(({ name }) => name), ...rows].map((row) => row.join(";")).join("\n");
        assert.equal(`${got}\n`, text);
      });
    }
  }

  it("follows the person who knows better", async () => {
    const { rows, types } = await readUpload(lines("x;y", "a,b;c", "1,2;3"), {
      options: { delimiter: ",", headerRow: 2 },
    });
    assert.deepEqual(Object.keys(types), ["a", "b;c"]);
    assert.equal(rows.length, 1);
    const none = await readUpload(lines("x;y", "a;b"), { options: { headerRow: 0 } });
    assert.equal(none.rows.length, 2);
    await assert.rejects(readUpload("a,b\n", { options: { encoding: "klingon" } }), DataError);
  });

  for (const [what, content, message] of [
    ["an empty file", "", /no content/],
    ["blank lines", "\n\n  \n", /no content/],
    ["a PDF", "%PDF-1.7 ...", /a PDF/],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /\.xls/],
    ["an image", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), /PNG/],
    ["bytes", Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7) % 31)), /binary/],
  ] as const) {
    it(`refuses ${what} with a sentence that helps`, async () => {
      await assert.rejects(readUpload(content), (error) => error instanceof DataError && message.test(error.message));
    });
  }
});

describe("a large file", () => {
  const row = (index: number) =>
    `${index + 1},2024-0${(index % 9) + 1}-15,region ${index % 5},${(index * 0.25).toFixed(2)},${"note ".repeat(8)}`;
  const large = (changes: Record<number, string> = {}) =>
    ["id,day,region,amount,note", ...numbered(150_000, (index) => changes[index] ?? row(index)), ""].join("\n");

  it("is read in one pass when it is clean, with a profile that says what is estimated", async () => {
    const { types, columns, rejectCount } = await readUpload(large());
    assert.deepEqual(types, { id: "BIGINT", day: "DATE", region: "VARCHAR", amount: "DOUBLE", note: "VARCHAR" });
    assert.equal(rejectCount, 0);
    const [id, , region] = columns;
    assert.equal(id?.profile.max, 150_000);
    assert.equal(region?.profile.distinctCount, 5);
  });

  it("keeps the order of its rows", async () => {
    const words = ["North", "East", "Centre"];
    const some = numbered(600_000, (index) => `${index},${words[index % 3]},${words[index % 2]}`);
    const { rows } = await readUpload(`nr,from,to\n${some.join("\n")}\n`);
    assert.equal(rows.length, 600_000);
    assert.equal(
      rows.findIndex(([nr], index) => nr !== index),
      -1,
    );
  });

  it("keeps a leading zero and tells of bad cells and rows far beyond the sample", async () => {
    const { types, rejects, columns } = await readUpload(
      large({
        90000: row(90_000).replace("90001,", "090001,"),
        90001: "x,y",
        90002: row(90_002).replace("2024-", "someday "),
      }),
    );
    assert.equal(types.id, "VARCHAR");
    assert.equal(types.day, "DATE");
    assert.deepEqual(
      rejects.map(({ row: number, column }) => [number, column]),
      [
        [90_003, "region"],
        [90_003, "day"],
        [90_004, "day"],
      ],
    );
    assert.equal(columns.find(({ name }) => name === "day")?.rejectCount, 2);
  });

  it("takes a null word far beyond the sample for no value, also where there are few values", async () => {
    const { columns, rejectCount } = await readUpload(
      large({ 90000: row(90_000).replace("region 0", "N/A"), 90001: row(90_001).replace(/note.*/, "NULL") }),
    );
    const nulls = columns.map(({ name, profile: { nullCount } }) => [name, nullCount]);
    assert.deepEqual(Object.fromEntries(nulls), { id: 0, day: 0, region: 1, amount: 0, note: 1 });
    assert.equal(columns.find(({ name }) => name === "region")?.profile.distinctCount, 5);
    assert.equal(rejectCount, 0);
  });

  it("leaves out totals far beyond the sample, and no row where a total is a value like others", async () => {
    const { rejects, columns } = await readUpload(
      large({ 90004: `${row(90_004)}\n,,region 4 Total,1234,`, 90009: `${row(90_009)}\n,,Total,9999,` }),
    );
    assert.deepEqual(
      rejects.map(({ row: number, reason }) => [number, reason]),
      [90_007, 90_013].map((number) => [number, "The row is a total of rows above it"]),
    );
    assert.equal(columns.find(({ name }) => name === "id")?.profile.nullCount, 0);
    const sexes = numbered(600_000, (index) => `${index},${["female", "male", "Total"][index % 3]},x`);
    const { rows } = await readUpload(`nr,sex,note\n${sexes.join("\n")}\n`);
    assert.equal(rows.length, 600_000);
  });

  for (const [what, options, content] of [
    ["UTF-16 of what is UTF-8", { encoding: "utf-16le" }, "a,b\n1,é\n2,ü\n"],
    ["UTF-32 of what is UTF-8", { encoding: "utf-32be" }, "a,b\n1,é\n2,ü\n"],
    ["UTF-8 of what is UTF-16", { encoding: "utf-8" }, iconv.encode("a,b\n1,é\n2,ü\n", "utf-16le")],
    ["the other order of UTF-16", { encoding: "utf-16be" }, iconv.encode("a,b\n1,é\n2,ü\n", "utf-16le")],
    ["Shift_JIS of what is Windows-1252", { encoding: "shift_jis" }, iconv.encode("a,b\n1,é\n2,ü\n", "windows-1252")],
    ["a quote that is the delimiter", { delimiter: ";", quote: ";" }, "a;b\n1;2\n"],
    ["a quote within the delimiter", { delimiter: "|'", quote: "'" }, "a|b\n1|2\n"],
    ["a line end for a delimiter", { delimiter: "\n" }, "a;b\n1;2\n"],
    ["a letter for a quote", { quote: "a" }, "a;b\n1;2\n"],
    ["a header in a blank row", { headerRow: 2 }, "a;b\n\n1;2\n"],
    ["a header beyond the end", { headerRow: 99 }, "a;b\n1;2\n"],
    ["a way to write bytes", { encoding: "base64" }, "a;b\n1;2\n"],
  ] as [string, ReadOptions, string | Buffer][]) {
    it(`refuses to read it with ${what}`, async () => {
      await assert.rejects(readUpload(content, { options }), (error) => {
        assert.ok(error instanceof DataError, String(error));
        return ["bad-option", "unknown-encoding"].includes(error.detail.code);
      });
    });
  }

  it("takes any sign for the quotation mark that a person chose", async () => {
    for (const quote of ["(", "*", "?", "[", "\\", "^", "$", "."]) {
      const { rows } = await readUpload(`a,b\n1,${quote}x,\\${quote}y${quote}\n2,z\n`, { options: { quote } });
      assert.equal(rows.length, 2, quote);
    }
  });

  it("says which tables of a file there are when another is asked for", async () => {
    const file = lines(
      "name,age",
      "A,1",
      "B,2",
      "C,3",
      "",
      "city;x",
      "",
      "id,price,open",
      "1,2.5,true",
      "2,3.5,true",
      "3,4.5,false",
    );
    const { tables } = await readUpload(file);
    assert.ok(tables.length > 1);
    await assert.rejects(
      readUpload(file, { options: { sheet: "Sales" } }),
      refused("no-such-sheet", /Sales.*Table from row/),
    );
  });

  for (const [script, header, value] of [
    ["Japanese", "名前,年齢", "山田"],
    ["Chinese", "姓名,年龄", "王伟"],
    ["Russian", "имя,возраст", "Анна"],
    ["Greek", "όνομα,ηλικία", "Ελένη"],
    ["Arabic", "اسم,عمر", "سارة"],
    ["Hebrew", "שם,גיל", "דנה"],
    ["Thai", "ชื่อ,อายุ", "สมชาย"],
  ] as const) {
    it(`finds a header in ${script}, also where a row repeats a name of it`, async () => {
      const [name = "", age = ""] = header.split(",");
      const { types, rejectCount } = await readUpload(
        lines(header, `${name},25`, ...numbered(9, (index) => `${value}${"甲乙"[index % 2]},${20 + index}`)),
      );
      assert.deepEqual([types, rejectCount], [{ [name]: "VARCHAR", [age]: "BIGINT" }, 0]);
    });
  }

  it("reads an empty cell as no value, quoted or not, in a small file as in a large one", async () => {
    for (const count of [300, 60_000]) {
      const notes = ["", '""', "a long note ".repeat(40)];
      const rows = numbered(count, (index) => `${index},${notes[index % 3]},"x"`);
      const { columns } = await readUpload(`id,note,mark\n${rows.join("\n")}\n`);
      assert.equal(columns[1]?.profile.nullCount, (count * 2) / 3);
    }
  });

  it("the tables that databases draw are read without their lines", async () => {
    const line = "+----+------+--------+\n";
    const rows = Array.from({ length: 5 }, (_, index) => `| ${index}  | N${index}   | ${index}.50   |\n`).join("");
    const {
      types,
      rows: read,
      rejects,
    } = await readUpload(`${line}| id | name | amount |\n${line}${rows}${line}5 rows in set (0.00 sec)\n`);
    assert.deepEqual([types, read.length], [{ id: "BIGINT", name: "VARCHAR", amount: "DOUBLE" }, 5]);
    assert.deepEqual(
      rejects.map(({ value }) => value),
      ["5 rows in set (0.00 sec)"],
    );
  });

  it("a first line that is written as all others, but for its digits, is no header", async () => {
    const lines = Array.from(
      { length: 8 },
      (_, index) => `order ${index} was sent to shelf ${index * 7}, total=${index}.5\n`,
    );
    const { rows, read } = await readUpload(lines.join(""));
    assert.deepEqual([rows.length, read.headerRow], [8, 0]);
  });

  it("formulas that stand for texts are these texts", async () => {
    const rows = Array.from({ length: 9 }, (_, index) => `="00${index}","=""A ""${index}""""",="${index}.5"`);
    const { types, rows: read } = await readUpload(lines('="code",name,amount', ...rows));
    assert.deepEqual(types, { code: "VARCHAR", name: "VARCHAR", amount: "DOUBLE" });
    assert.deepEqual(read[4], ["004", 'A "4"', 4.5]);
  });

  it("a title of as many words as there are columns is none", async () => {
    const rows = Array.from({ length: 9 }, (_, index) => `M${index},${index},${index * 2}`);
    const { columns, read } = await readUpload(lines("Sales by month", "month,sales,costs", ...rows));
    assert.deepEqual([columns.map(({ name }) => name), read.headerRow], [["month", "sales", "costs"], 2]);
  });

  it("rows that begin with what elsewhere marks comments are rows", async () => {
    const orders = Array.from({ length: 9 }, (_, index) => `#10${index},Item ${index},${index}.50\n`).join("");
    const { rows } = await readUpload(`Name,Item,Total\n${orders}`);
    assert.deepEqual([rows.length, rows[0]], [9, ["#100", "Item 0", 0.5]]);
  });

  for (const [what, above, names, first] of [
    ["of which the first is “#”", "#,Title,Score", ["#", "Title", "Score"], [1, "Talk 1", 0.5]],
    [
      "behind the mark of comments",
      "# made by a probe\n# time,place,value",
      ["time", "place", "value"],
      [1, "Talk 1", 0.5],
    ],
    ["behind that mark without a blank", "#CHROM,ID,QUAL", ["#CHROM", "ID", "QUAL"], [1, "Talk 1", 0.5]],
  ] as const) {
    it(`names ${what} are a header and no comment`, async () => {
      const body = Array.from({ length: 40 }, (_, index) => `${index + 1},Talk ${index + 1},${index}.5`);
      const { columns, rows, rejectCount } = await readUpload(lines(above, ...body));
      assert.deepEqual(
        columns.map(({ name }) => name),
        names,
      );
      assert.deepEqual([rows.length, rows[0], rejectCount], [40, first, 0]);
    });
  }

  it("pages with a title, the header and a total each are one table", async () => {
    const pages = [1, 2, 3].map((page) => {
      const rows = Array.from({ length: 6 }, (_, index) => `${page}${index},n${index},${index}.5\n`).join("");
      return `Page ${page},,\nid,name,price\n${rows}Total,,17.5\n,,\n`;
    });
    const { types, rows, rejects } = await readUpload(pages.join(""));
    assert.deepEqual([types, rows.length], [{ id: "BIGINT", name: "VARCHAR", price: "DOUBLE" }, 18]);
    assert.deepEqual(
      rejects.map(({ value }) => value),
      ["Total,,17.5", "Page 2,,", "id,name,price", "Total,,17.5", "Page 3,,", "id,name,price", "Total,,17.5"],
    );
  });

  it("lines of a header that only programs read are none of the columns' names", async () => {
    const rows = Array.from({ length: 6 }, (_, index) => `2024-03-0${index + 1} 10:00:00,${index}\n`).join("");
    const { columns, rows: read } = await readUpload(
      `StartDate,Q1\nStart,How likely?\n"{""ImportId"":""start""}","{""ImportId"":""QID1""}"\n${rows}`,
    );
    assert.deepEqual(
      columns.map(({ name, type }) => [name, type]),
      [
        ["StartDate Start", "TIMESTAMP"],
        ["Q1 How likely?", "BIGINT"],
      ],
    );
    assert.equal(read.length, 6);
  });

  it("columns that blanks align are columns", async () => {
    const rows = Array.from({ length: 8 }, (_, index) => [`${index * 30}`, `Name ${index}`, `${index / 2}`]);
    const left = [["id", "full name", "amount"], ...rows].map((row) => row.map((cell) => cell.padEnd(12)).join(""));
    const right = [["id", "name", "amount"], ...rows].map((row) => row.map((cell) => cell.padStart(12)).join(""));
    for (const lines of [left, right]) {
      const { columns, rows: read, rejects } = await readUpload(`${lines.join("\n")}\n`);
      assert.deepEqual(
        columns.map(({ type }) => type),
        ["BIGINT", "VARCHAR", "DOUBLE"],
      );
      assert.deepEqual([read[7], read.length, rejects], [[210, "Name 7", 3.5], 8, []]);
    }
  });

  it("subtotals between rows are told, so that nothing is counted twice, and names like theirs are rows", async () => {
    const { rows, rejects } = await readUpload(
      "region,shop,amount\nNorth,A,1\nNorth,B,2\nNorth Total,,3\nSouth,A,4\nSouth,B,5\nSouth Total,,9\nGrand Total,,12\n",
    );
    assert.deepEqual(
      rows.map(([, , amount]) => amount),
      [1, 2, 4, 5],
    );
    assert.deepEqual(
      rejects.map(({ row, reason }) => [row, reason]),
      [
        [4, "The row is a total of rows above it"],
        [7, "The row is a total of rows above it"],
        [8, "The row stands below the table: a total or a note"],
      ],
    );
    const companies = await readUpload("company,amount\nShell,1\nTotal,2\nTotal Energies,3\nBP,4\n");
    assert.equal(companies.rows.length, 4);
  });
});
