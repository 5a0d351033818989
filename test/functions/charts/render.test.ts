import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Cell, QueryResult } from "../../../contract/index.ts";
import { renderChart, suitableType } from "../../../functions/charts/render/render-chart.ts";

function result(columns: [name: string, type: string][], rows: Cell[][], truncated = false): QueryResult {
  return { columns: columns.map(([name, type]) => ({ name, type })), rows, rowCount: rows.length, truncated };
}

/** As many groups as asked for, from "g1" down: the first has the largest value. */
function groups(count: number, truncated = false): QueryResult {
  const rows = Array.from({ length: count }, (_, at) => [`g${at + 1}`, count - at]);
  return result(
    [
      ["group", "VARCHAR"],
      ["Total", "BIGINT"],
    ],
    rows,
    truncated,
  );
}

const numbers = (count: number) => (count * (count + 1)) / 2;

suite("what a chart draws of a result", () => {
  test("of many groups that add up the largest, and the others together", () => {
    const { type, data, options, drawingWarnings } = renderChart(groups(40), "bar", true);
    assert.equal(type, "bar");
    assert.deepEqual(options.quantibi, { other: "Other" });
    assert.equal(data.labels.length, 25);
    assert.deepEqual([data.labels[0], data.labels[23], data.labels[24]], ["g1", "g24", "Other"]);
    assert.equal(data.datasets[0]?.data[24], numbers(16));
    assert.deepEqual(drawingWarnings, [
      "The chart shows the largest 24 of 40 groups, and the others together; the data has all.",
    ]);
  });

  test("of many groups that do not add up the first, and it says so", () => {
    for (const [many, additive] of [
      [groups(40), false],
      [groups(40, true), true],
    ] as const) {
      const { data, drawingWarnings } = renderChart(many, "bar", additive);
      assert.equal(data.labels.length, 25);
      assert.equal(data.labels.includes("Other"), false);
      assert.match(drawingWarnings[0] ?? "", /the first 25 of 40 groups/);
    }
  });

  test("the largest groups keep the result's order, and a group called Other stays itself", () => {
    const rows = Array.from({ length: 30 }, (_, at) => [at === 29 ? "Other" : `g${String(at).padStart(2, "0")}`, at]);
    const { data } = renderChart(
      result(
        [
          ["group", "VARCHAR"],
          ["Total", "BIGINT"],
        ],
        rows,
      ),
      "bar",
      true,
    );
    assert.deepEqual([data.labels[0], data.labels[23], data.labels[24]], ["g06", "Other", "All others"]);
    assert.equal(data.datasets[0]?.data[24], 0 + 1 + 2 + 3 + 4 + 5);
  });

  test("25 groups are drawn as they are", () => {
    const { data, drawingWarnings } = renderChart(groups(25), "bar", true);
    assert.equal(data.labels[24], "g25");
    assert.deepEqual(drawingWarnings, []);
  });

  test("numbers and years in text are a scale, of which nothing is left out", () => {
    const years = Array.from({ length: 60 }, (_, at) => [String(1960 + at), at]);
    const columns: [string, string][] = [
      ["year", "VARCHAR"],
      ["Total", "BIGINT"],
    ];
    assert.equal(renderChart(result(columns, years), "bar", true).data.labels.length, 60);
  });

  test("twelve series at most", () => {
    const rows = Array.from({ length: 15 }, (_, at) => ["x", `s${at}`, at]);
    const columns: [string, string][] = [
      ["x", "VARCHAR"],
      ["series", "VARCHAR"],
      ["Total", "BIGINT"],
    ];
    const added = renderChart(result(columns, rows), "bar", true);
    assert.equal(added.data.datasets.length, 12);
    assert.deepEqual(added.data.datasets[11], { label: "Other", data: [0 + 1 + 2 + 3] });
    const cut = renderChart(result(columns, rows), "bar", false);
    assert.equal(cut.data.datasets.length, 12);
    assert.equal(cut.data.datasets[0]?.label, "s3");
    assert.match(cut.drawingWarnings[0] ?? "", /largest 12 of 15 series/);
  });

  test("measures beside one another are never added up", () => {
    const names = Array.from({ length: 14 }, (_, at): [string, string] => [`m${at}`, "DOUBLE"]);
    const { data } = renderChart(result([["x", "VARCHAR"], ...names], [["a", ...names.map(() => 1)]]), "bar", true);
    assert.equal(data.datasets.length, 12);
    assert.equal(
      data.datasets.some(({ label }) => label === "Other"),
      false,
    );
  });

  test("a pie has twelve slices at most, and none below zero", () => {
    const added = renderChart(groups(20), "pie", true);
    assert.equal(added.type, "pie");
    assert.deepEqual([added.data.labels.length, added.data.labels[11]], [12, "Other"]);
    assert.equal(added.data.datasets[0]?.data[11], numbers(9));

    const bars = renderChart(groups(20), "pie", false);
    assert.deepEqual([bars.type, bars.data.labels.length], ["bar", 20]);
    assert.match(bars.drawingWarnings[0] ?? "", /20 slices/);

    const columns: [string, string][] = [
      ["x", "VARCHAR"],
      ["Profit", "BIGINT"],
    ];
    const negative = renderChart(
      result(columns, [
        ["a", 3],
        ["b", -1],
      ]),
      "doughnut",
      true,
    );
    assert.equal(negative.type, "bar");
    assert.match(negative.drawingWarnings[0] ?? "", /below zero/);
  });

  test("a line runs in the order of time, with a gap where a month is missing", () => {
    const columns: [string, string][] = [
      ["month", "DATE"],
      ["Total", "BIGINT"],
    ];
    const { data, options } = renderChart(
      result(columns, [
        ["2019-04-01", 4],
        ["2019-01-01", 1],
        ["2019-02-01", 2],
        [null, 9],
      ]),
      "line",
      true,
    );
    assert.deepEqual(data.labels, ["2019-01-01", "2019-02-01", "2019-03-01", "2019-04-01"]);
    assert.deepEqual(data.datasets[0]?.data, [1, 2, null, 4]);
    assert.partialDeepStrictEqual(options, { scales: { x: { type: "time" } } });
  });

  test("quarters, years and days have gaps too, but weekends are none", () => {
    const labelsOf = (type: string, values: Cell[]) =>
      renderChart(
        result(
          [
            ["at", type],
            ["Total", "BIGINT"],
          ],
          values.map((value) => [value, 1]),
        ),
        "line",
        true,
      ).data.labels;
    const quarters = ["2019-01-01", "2019-04-01", "2019-10-01", "2020-01-01"];
    assert.deepEqual(labelsOf("DATE", quarters), [
      "2019-01-01",
      "2019-04-01",
      "2019-07-01",
      "2019-10-01",
      "2020-01-01",
    ]);
    assert.deepEqual(labelsOf("BIGINT", [2001, 2002, 2004]), [2001, 2002, 2003, 2004]);
    assert.deepEqual(labelsOf("DATE", ["2024-05-06", "2024-05-07", "2024-05-09"]), [
      "2024-05-06",
      "2024-05-07",
      "2024-05-08",
      "2024-05-09",
    ]);
    const work = ["2024-05-09", "2024-05-10", "2024-05-13", "2024-05-14"];
    assert.deepEqual(labelsOf("DATE", work), work);
    const sparse = ["2001-03-05", "2009-07-11", "2024-05-14"];
    assert.deepEqual(labelsOf("DATE", sparse), sparse);
  });

  test("several rows at one time all stay", () => {
    const columns: [string, string][] = [
      ["at", "DATE"],
      ["rating", "DOUBLE"],
    ];
    const rows: Cell[][] = [
      ["2019-01-02", 1],
      ["2019-01-01", 2],
      ["2019-01-01", 3],
    ];
    assert.deepEqual(renderChart(result(columns, rows), "line", false).data.datasets[0]?.data, [2, 3, 1]);
  });

  test("axes are written as money or percentages where the name says so", () => {
    const formatOf = (name: string, values: number[]) => {
      const columns: [string, string][] = [
        ["x", "VARCHAR"],
        [name, "DOUBLE"],
      ];
      const { options } = renderChart(
        result(
          columns,
          values.map((value, at) => [`g${at}`, value]),
        ),
        "bar",
        true,
      );
      const { scales } = JSON.parse(JSON.stringify(options));
      return scales.y.ticks?.format ?? null;
    };
    assert.deepEqual(formatOf("Total price EUR", [12.5]), {
      style: "currency",
      currency: "EUR",
      maximumFractionDigits: 2,
    });
    assert.deepEqual(formatOf("Budget ($)", [150_000]), {
      style: "currency",
      currency: "USD",
      maximumFractionDigits: 0,
    });
    assert.deepEqual(formatOf("Budget ($)", [1_500_000]), {
      style: "currency",
      currency: "USD",
      notation: "compact",
      maximumFractionDigits: 1,
    });
    assert.deepEqual(formatOf("Average discount pct", [15]), {
      style: "unit",
      unit: "percent",
      maximumFractionDigits: 2,
      minimumFractionDigits: 0,
    });
    assert.deepEqual(formatOf("share of total", [0.25]), {
      style: "percent",
      maximumFractionDigits: 1,
      minimumFractionDigits: 0,
    });
    assert.equal(formatOf("share price", [250]), null);
    assert.equal(formatOf("Different price EUR", [3]), null);
    assert.equal(formatOf("Total votes", [3]), null);
  });

  test("a single step of time is a bar, which tells how much it is", () => {
    const month = { name: "month", type: "DATE", grain: "month" as const };
    const result = { columns: [month, { name: "sales", type: "DOUBLE" }], rowCount: 1, truncated: false };
    assert.equal(renderChart({ ...result, rows: [["2024-05-01", 12]] }, "line", true).type, "bar");
    const two = renderChart(
      {
        ...result,
        rowCount: 2,
        rows: [
          ["2024-05-01", 12],
          ["2024-06-01", 9],
        ],
      },
      "area",
      true,
    );
    assert.equal(two.type, "area");
  });

  test("a line starts at zero where that is near, and only there", () => {
    const startsAtZero = (values: number[]) => {
      const columns: [string, string][] = [
        ["Year", "BIGINT"],
        ["Revenue", "BIGINT"],
      ];
      const rows = values.map((value, at): Cell[] => [2020 + at, value]);
      const { scales } = JSON.parse(JSON.stringify(renderChart(result(columns, rows), "line", true).options));
      return scales.y.beginAtZero;
    };
    assert.equal(startsAtZero([20, 160, 140]), true);
    assert.equal(startsAtZero([120, 160, 140]), false);
    assert.equal(startsAtZero([-5, 160]), false);
  });

  test("averages are no slices of a pie", () => {
    const { type, drawingWarnings } = renderChart(groups(4), "pie", false, true);
    assert.equal(type, "bar");
    assert.match(drawingWarnings.join(), /parts of a whole/);
  });

  test("bubbles say what their size is", () => {
    const columns: [string, string][] = [
      ["x", "DOUBLE"],
      ["y", "DOUBLE"],
      ["Alarms", "BIGINT"],
    ];
    const { options } = renderChart(result(columns, [[1, 2, 3]]), "bubble", false);
    assert.deepEqual(options.plugins, { legend: { display: true, title: { display: true, text: "Size: Alarms" } } });
  });

  test("rows of several texts are a table, whoever asks for them in SQL", () => {
    const rows = [["2024-01-01", "Alder", "wind", 3]];
    const columns: [string, string][] = [
      ["day", "DATE"],
      ["plant", "VARCHAR"],
      ["kind", "VARCHAR"],
      ["output", "BIGINT"],
    ];
    assert.equal(suitableType(result(columns, rows)), "table");
    assert.equal(
      suitableType(
        result(
          columns.toSpliced(2, 1),
          rows.map((row) => row.toSpliced(2, 1)),
        ),
      ),
      "line",
    );
  });

  test("a single value carries its format, for want of an axis", () => {
    const { options, data } = renderChart(result([["Total Budget (USD)", "BIGINT"]], [[1200]]), "stat", true);
    assert.deepEqual(options, {
      quantibi: { format: { style: "currency", currency: "USD", maximumFractionDigits: 0 } },
    });
    assert.deepEqual(data.datasets[0]?.data, [1200]);
  });

  test("points of many kinds are coloured by the most frequent ones", () => {
    const columns: [string, string][] = [
      ["a", "DOUBLE"],
      ["b", "DOUBLE"],
      ["kind", "VARCHAR"],
    ];
    const rows = Array.from({ length: 40 }, (_, at) => [at, at, `k${at % 20}`]);
    const { data } = renderChart(result(columns, rows), "scatter", false);
    assert.equal(data.datasets.length, 12);
    assert.equal(
      data.datasets.reduce((sum, one) => sum + one.data.length, 0),
      40,
    );
  });

  const byDay: [string, string][] = [
    ["day", "VARCHAR"],
    ["Orders", "BIGINT"],
  ];
  const labelsOf = (rows: Cell[][], type: "bar" | "line" = "bar") =>
    renderChart(result(byDay, rows), type, true).data.labels;

  test("weekdays and months are in the order of the calendar", () => {
    assert.deepEqual(
      labelsOf([
        ["Friday", 5],
        ["Monday", 9],
        [null, 2],
        ["Sunday", 3],
        ["Tuesday", 4],
      ]),
      ["Monday", "Tuesday", "Friday", "Sunday", "(none)"],
    );
    assert.deepEqual(
      labelsOf(
        [
          ["Apr", 5],
          ["Aug", 9],
          ["Feb", 3],
          ["Jan", 4],
        ],
        "line",
      ),
      ["Jan", "Feb", "Apr", "Aug"],
    );
  });

  test("but the busiest day first is meant so, and names that are no days stay", () => {
    const busiest: Cell[][] = [
      ["Fri", 9],
      ["Mon", 5],
      ["Sun", 3],
    ];
    assert.deepEqual(labelsOf(busiest), ["Fri", "Mon", "Sun"]);
    const people: Cell[][] = [
      ["May", 3],
      ["June", 9],
      ["April Jones", 5],
    ];
    assert.deepEqual(labelsOf(people), ["May", "June", "April Jones"]);
  });

  test("many groups that neither add up nor come by their size are a table", () => {
    const rows = Array.from({ length: 40 }, (_, at) => [`g${at + 1}`, (at * 7) % 40]);
    const { type, data, drawingWarnings } = renderChart(result(byDay, rows), "bar", false);
    assert.deepEqual([type, data.labels], ["table", []]);
    assert.match(drawingWarnings[0] ?? "", /40 groups can't be read, so this is a table/);
  });

  test("measures beside one another keep their own formats, and times their step", () => {
    const quarter = { name: "quarter", type: "DATE", grain: "quarter" as const };
    const money = { style: "currency" as const, currency: "EUR", maximumFractionDigits: 2 };
    const { options } = renderChart(
      {
        columns: [quarter, { name: "a", type: "DOUBLE", format: money }, { name: "n", type: "BIGINT" }],
        rows: [["2024-01-01", 1, 2]],
        rowCount: 1,
        truncated: false,
      },
      "line",
      true,
    );
    assert.deepEqual(options.quantibi, { seriesFormats: [money, null], grain: "quarter" });
  });
});
