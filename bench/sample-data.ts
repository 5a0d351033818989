import { rename, stat } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { quoteLiteral } from "../functions/shared/engine/engine.ts";

const products =
  "['Desk lamp', 'Office chair', 'Standing desk', 'Monitor arm', 'Keyboard', 'Mouse', 'Webcam', 'Headset', 'Whiteboard', 'Bookcase', 'Filing cabinet', 'Footrest']";
const regions = "['North', 'South', 'East', 'West', 'Centre']";
const words =
  "['delivered', 'late', 'customer', 'asked', 'for', 'a', 'replacement', 'invoice', 'sent', 'twice', 'box, dented', 'left with neighbour', 'paid', 'in', 'cash', 'the \"express\" option', 'please', 'call', 'before', 'noon']";

/** Orders as a shop would export them. Row `i` is the same in every file: its cells are drawn from hashes of `i`. */
function orders(rows: number): string {
  const draw = (salt: number, sides: number) => `(hash(i * 64 + ${salt}) % ${sides})::INTEGER`;
  const pick = (salt: number, list: string, length: number) => `${list}[1 + ${draw(salt, length)}]`;
  const note = Array.from({ length: 6 }, (_, index) => pick(20 + index, words, 20)).join(", ");
  return `SELECT
      i + 1 AS order_id,
      DATE '2022-01-01' + ${draw(1, 1461)} AS order_date,
      ${pick(2, regions, 5)} AS region,
      ${pick(3, products, 12)} AS product,
      CASE WHEN ${draw(4, 100)} > 0 THEN round(5 + ${draw(5, 99_500)} / 100.0, 2) END AS amount,
      1 + ${draw(6, 9)} AS quantity,
      CASE WHEN ${draw(7, 20)} = 0 THEN 'Yes' ELSE 'No' END AS returned,
      lpad(${draw(8, 99_999)}::VARCHAR, 5, '0') AS postcode,
      CASE WHEN ${draw(9, 3)} > 0 THEN concat_ws(' ', ${note}) END AS note
    FROM range(${rows}) AS rows(i)`;
}

/** Writes a CSV of about `bytes` bytes with DuckDB; the same bytes for the same size, every time. */
export async function writeSampleCsv(path: string, bytes: number): Promise<{ path: string; bytes: number }> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const write = (rows: number) =>
    connection.run(
      `COPY (${orders(rows)} ORDER BY order_id) TO ${quoteLiteral(`${path}.partial`)} (FORMAT csv, HEADER)`,
    );
  const trialRows = 20_000;
  await write(trialRows);
  const bytesPerRow = (await stat(`${path}.partial`)).size / trialRows;
  await write(Math.max(1, Math.round(bytes / bytesPerRow)));
  await rename(`${path}.partial`, path);
  connection.closeSync();
  instance.closeSync();
  return { path, bytes: (await stat(path)).size };
}
