import "./quiet.ts";
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { asPrinted, readPdf } from "./pdf-text.ts";
import { Workshop } from "./workshop.ts";

describe("a report of difficult data", () => {
  let workshop: Workshop;
  before(async () => {
    workshop = await Workshop.open();
  });
  after(() => workshop.close());

  it("shows letters of every script, and markup as text that does nothing", async () => {
    const names = [
      "Αθήνα",
      "Москва",
      "القاهرة",
      "北京市",
      "東京タワー",
      "서울특별시",
      "กรุงเทพ",
      "ירושלים",
      "नई दिल्ली",
      "თბილისი",
      "Երևան",
      "😀 Smile",
      "<script>document.title='x'</script>",
      '"><img src=x>',
    ];
    const values = names.map((name, index) => `('${name.replaceAll("'", "''")}', ${100 - index * 3})`).join(", ");
    const datasetId = await workshop.dataset(`SELECT * FROM (VALUES ${values}) t(city, amount)`);
    const bars = await workshop.chart(datasetId, "SELECT city, sum(amount) AS amount FROM data GROUP BY 1", "bar");
    const table = await workshop.chart(datasetId, "SELECT city, amount FROM data", "table");
    const title = 'Ωmega <script>alert(1)</script> "北京" العربية 😀';
    const report = await workshop.make(title, [bars, table]);
    const pdf = await readPdf(await workshop.pdf(report));
    assert.equal(pdf.info.get("Title"), title);
    for (const name of [
      "Αθήνα",
      "Москва",
      "北京市",
      "東京タワー",
      "서울특별시",
      "თბილისი",
      "Երևան",
      "<script>document.title='x'</script>",
      '"><img src=x>',
    ]) {
      assert.ok(pdf.text.includes(name), name);
    }
    // PDF readers give Arabic back in the forms and the order in which it is seen.
    assert.match(pdf.text.normalize("NFKC"), /\p{Script=Arabic}{3,}/u);
    assert.match(pdf.text, /\p{Script=Hebrew}{5,}/u);
    assert.match(pdf.text, /\p{Script=Thai}{5,}/u);
    assert.match(pdf.text, /\p{Script=Devanagari}{3,}/u);
    assert.ok(pdf.text.includes("Smile"));
    const html = await (await fetch(report.htmlUrl ?? "")).text();
    assert.doesNotMatch(html, /<script>document/);
    assert.doesNotMatch(html, /<img/);
  });

  it("has something to say of no rows, of one row, and a title of 2,000 letters", async () => {
    const datasetId = await workshop.dataset("SELECT 'a' AS kind, 7 AS amount");
    const none = await workshop.chart(datasetId, "SELECT kind, amount FROM data WHERE false", "bar");
    const one = await workshop.chart(datasetId, "SELECT kind, amount FROM data", "bar");
    const stat = await workshop.chart(datasetId, 'SELECT sum(amount) AS "total amount" FROM data', "stat");
    const title = "A long story ".repeat(160).slice(0, 2000).trim();
    const report = await workshop.make(title, [none, one, stat]);
    assert.equal(report.status, "completed", JSON.stringify(report.error));
    const texts = report.narrative?.sections.map(({ text }) => text) ?? [];
    assert.match(texts[0] ?? "", /no rows/);
    assert.match(texts[1] ?? "", /amount is 7|figure for amount is 7/i);
    const pdf = await readPdf(await workshop.pdf(report));
    assert.ok(pdf.text.includes(asPrinted(title).slice(0, 200)));
    assert.ok((report.fileName ?? "").length < 120);
  });

  it("takes fifty charts, and continues a long table with its head", async () => {
    const datasetId = await workshop.dataset(
      "SELECT i AS id, 'Item ' || i AS item, i * 2 AS amount FROM range(260) t(i)",
    );
    const chart = await workshop.chart(
      datasetId,
      "SELECT item, sum(amount) AS amount FROM data GROUP BY 1 LIMIT 5",
      "bar",
    );
    const table = await workshop.chart(datasetId, "SELECT id, item AS article, amount FROM data", "table");
    const { ChartModel } = await import("../../../functions/charts/chart-model.ts");
    const original = await ChartModel.findById(chart.id).orFail().lean();
    const copies = Array.from({ length: 48 }, (_, index) => {
      const { _id, ...copy } = original;
      return { ...copy, title: `Chart number ${index}` };
    });
    const made = await ChartModel.insertMany(copies);
    const report = await workshop.make("Fifty", [chart, table, ...made.map(({ _id }) => ({ id: _id.toString() }))]);
    assert.equal(report.status, "completed", JSON.stringify(report.error));
    const { pages, text } = await readPdf(await workshop.pdf(report));
    for (let index = 0; index < 48; index += 1) assert.ok(text.includes(`Chart number ${index}`));
    const withRows = pages.filter((page) => /Item \d+ \d+/.test(page) && !page.includes("The values"));
    assert.ok(withRows.length >= 3);
    for (const page of withRows) assert.match(page, /id article amount/);
  });
});
