import assert from "node:assert/strict";
import { test } from "node:test";
import { readUpload } from "../read-upload.ts";
import { refused } from "../refused.ts";

test("an array of objects becomes a table, nested objects flattened one level", async () => {
  const { rows, types, format } = await readUpload(
    JSON.stringify([
      { id: 1, place: { city: "Bonn", geo: { lat: 50.7 } }, tags: ["a", "b"] },
      { id: 2, place: null, late: true },
    ]),
  );
  assert.equal(format, "json");
  assert.deepEqual(types, {
    id: "BIGINT",
    "place.city": "VARCHAR",
    "place.geo": "VARCHAR",
    tags: "VARCHAR",
    place: "VARCHAR",
    late: "BOOLEAN",
  });
  assert.deepEqual(rows, [
    [1, "Bonn", '{"lat":50.7}', '["a","b"]', null, null],
    [2, null, null, null, null, true],
  ]);
});

test("a broken line is a reject and spoils no other", async () => {
  const { rows, rejects } = await readUpload('{"a":1,"b":"x"}\n{"a":2,"b":\n\n{"a":3,"b":"z"}\nnothing\n');
  assert.deepEqual(rows, [
    [1, "x"],
    [3, "z"],
  ]);
  assert.deepEqual(
    rejects.map(({ row, column, value }) => [row, column, value]),
    [
      [2, null, '{"a":2,"b":'],
      [5, null, "nothing"],
    ],
  );
});

test("numbers beyond 2^53 keep their digits", async () => {
  const { rows, types } = await readUpload('[{"id":9007199254740993,"long":123456789012345678901234,"x":1e3}]');
  assert.deepEqual(rows, [["9007199254740993", "123456789012345678901234", 1000]]);
  assert.deepEqual(types, { id: "BIGINT", long: "VARCHAR", x: "DOUBLE" });
});

test("a key that turns up late has its column, with nulls before", async () => {
  const records = Array.from({ length: 1_500 }, (_, index) => ({ n: index, ...(index === 1_400 && { late: "x" }) }));
  const { rows } = await readUpload(records.map((record) => JSON.stringify(record)).join("\n"));
  assert.equal(rows.length, 1_500);
  assert.deepEqual(
    [rows[0], rows[1_400]],
    [
      [0, null],
      [1_400, "x"],
    ],
  );
});

test("records are found in an object, arrays with a header and objects of columns are read", async () => {
  const nested = JSON.stringify({ status: "ok", result: { items: [{ a: 1 }, { a: 2 }], log: [{ at: 3 }] } });
  const { rows, tables } = await readUpload(nested);
  assert.deepEqual(rows, [[1], [2]]);
  assert.deepEqual(
    tables.map(({ name, rowCount }) => [name, rowCount]),
    [
      ["result.items", 2],
      ["result.log", 1],
    ],
  );
  assert.deepEqual((await readUpload(nested, { options: { sheet: "result.log" } })).rows, [[3]]);
  const shapes = [
    '[["k","v"],["a",1],["b",2]]',
    '{"k":["a","b"],"v":[1,2]}',
    '{"k":{"0":"a","1":"b"},"v":{"0":1,"1":2}}',
    '{"columns":["k","v"],"data":[["a",1],["b",2]]}',
    '{\n"k":"a",\n"v":1\n}\n{\n"k":"b",\n"v":2\n}\n',
  ];
  for (const shape of shapes) {
    const read = await readUpload(shape);
    assert.deepEqual(
      [read.columns.map(({ name }) => name), read.rows],
      [
        ["k", "v"],
        [
          ["a", 1],
          ["b", 2],
        ],
      ],
      shape,
    );
  }
});

test("an array of values is a table of one column", async () => {
  const numbers = await readUpload("[1, 2, 3]");
  assert.deepEqual([numbers.types, numbers.rows], [{ value: "BIGINT" }, [[1], [2], [3]]]);
  const words = await readUpload('["a", "b, c"]');
  assert.deepEqual(words.rows, [["a"], ["b, c"]]);
});

test("JSON that is broken, too deep or empty is refused by its line", async () => {
  await assert.rejects(readUpload('[{"a":1},\n{"a":2,}]'), refused("broken-json", /line 2/));
  await assert.rejects(readUpload('[{"a":1},{"a":'), refused("broken-json"));
  await assert.rejects(readUpload(`${"[".repeat(1_000)}${"]".repeat(1_000)}`), refused("broken-json", /nested/));
  await assert.rejects(readUpload("[]"), refused("no-table"));
  await assert.rejects(readUpload("{}"), refused("no-table"));
});

test("records across the parts of a long file are whole", async () => {
  const records = Array.from({ length: 30_000 }, (_, index) => ({
    id: index,
    text: `${"ü".repeat(40)}${index}`,
    n: index / 4,
  }));
  const { rows } = await readUpload(JSON.stringify(records));
  assert.equal(rows.length, 30_000);
  for (const index of [0, 12_345, 29_999])
    assert.deepEqual(rows[index], [index, `${"ü".repeat(40)}${index}`, index / 4]);
});
