import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { type Dataset, operations, type ProblemKind } from "../../../contract/index.ts";
import { movies } from "../fixtures.ts";
import type { Person } from "../person.ts";
import type { Stack } from "../stack.ts";

/** SQL is untrusted: one SELECT on the dataset's tables, and nothing else gets anywhere. */
export function sql(stack: Stack): void {
  suite("SQL that is refused", () => {
    let ann: Person;
    let films: Dataset;
    let other: Dataset;
    before(async () => {
      ann = await stack.signIn("ann@sql.example");
      [films, other] = await Promise.all([ann.upload("movies.csv", movies), ann.upload("secret.csv", "s\nhidden\n")]);
    });

    async function refuse(text: string, ...kinds: ProblemKind[]) {
      const body = { datasetIds: [films.id], sql: text };
      const response = await ann.send(operations.createChart, { body });
      const said = await response.text();
      assert.equal(response.status, 422, `${text}\n${said}`);
      assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
      const { type, detail } = JSON.parse(said);
      assert.ok(kinds.includes(type.split("/").at(-1)), `${text}\n${said}`);
      assert.doesNotMatch(detail, /\/tmp\/|root:|\.quantibi/, text);
      return String(detail);
    }

    test("a column that is not there, with DuckDB's own words and the columns that are", async () => {
      assert.match(await refuse("SELECT nope FROM data", "sql-error"), /"nope" not found.*Candidate bindings/s);
      await refuse("SELECT nope(rating) FROM data", "sql-error");
      await refuse("SELECT * FROM nowhere", "sql-error");
      await refuse("SELECT genre::INTEGER FROM data", "sql-error");
    });

    test("what is no SQL", async () => {
      for (const text of ["selec", "SELECT", "SELECT ((((1", "SELECT 'open", ";", "-- nothing", "\u0000"]) {
        await refuse(text, "sql-error", "unsafe-sql");
      }
    });

    test("two statements", async () => {
      await refuse("SELECT 1; SELECT 2", "unsafe-sql");
      await refuse("SELECT 1; DROP VIEW data", "unsafe-sql");
    });

    const statements = [
      "COPY data TO 'stolen.csv'",
      "COPY (SELECT * FROM data) TO '/tmp/stolen.parquet'",
      "ATTACH '/tmp/other.db' AS other",
      "DETACH memory",
      "USE main",
      "SET memory_limit = '100GB'",
      "SET enable_external_access = true",
      "RESET lock_configuration",
      "PRAGMA database_list",
      "PRAGMA enable_progress_bar",
      "INSTALL httpfs",
      "LOAD httpfs",
      "EXPORT DATABASE '/tmp/stolen'",
      "IMPORT DATABASE '/tmp/stolen'",
      "CREATE TABLE t AS SELECT 1",
      "CREATE MACRO m() AS 1",
      "INSERT INTO data VALUES (1)",
      "DELETE FROM data",
      "UPDATE data SET rating = 10",
      "DROP VIEW data",
      "ALTER TABLE data RENAME TO d",
      "CALL pragma_version()",
      "CHECKPOINT",
      "VACUUM",
      "BEGIN TRANSACTION",
      "EXPLAIN ANALYZE SELECT 1",
      "PREPARE p AS SELECT 1",
      "DESCRIBE data",
      "SUMMARIZE data",
      "SHOW TABLES",
      "FROM (DESCRIBE data)",
      "SELECT * FROM (SHOW ALL TABLES)",
    ];
    test("every statement but SELECT", async () => {
      for (const statement of statements) await refuse(statement, "unsafe-sql", "sql-error");
    });

    test("files and addresses, however they are written", async () => {
      for (const text of [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/proc/self/environ')",
        "SELECT * FROM read_parquet('*.parquet')",
        "SELECT * FROM read_json_auto('https://example.com/a.json')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM parquet_metadata('/tmp/x.parquet')",
        "SELECT * FROM 'file.csv'",
        "SELECT * FROM '/etc/passwd'",
        'SELECT * FROM "/etc/passwd"',
        "SELECT * FROM 's3://bucket/key.parquet'",
        "SELECT * FROM 'https://example.com/a.csv'",
        "SELECT (SELECT count(*) FROM 'file.parquet')",
        "WITH t AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM t",
        "SELECT * FROM data WHERE EXISTS (SELECT 1 FROM read_text('/etc/passwd'))",
        "SELECT * FROM data UNION ALL SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM query('SELECT * FROM read_csv(''/etc/passwd'')')",
        "SELECT * FROM query_table('data')",
      ]) {
        await refuse(text, "unsafe-sql", "sql-error");
      }
    });

    test("the engine's settings, catalog and surroundings", async () => {
      for (const text of [
        "SELECT getenv('AWS_SECRET_ACCESS_KEY')",
        "SELECT current_setting('memory_limit')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_views()",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_class",
        "SELECT * FROM sqlite_master",
        "SELECT * FROM pragma_version()",
        "SELECT current_database()",
        "SELECT json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
      ]) {
        await refuse(text, "unsafe-sql", "sql-error");
      }
    });

    test("datasets that were not asked for", async () => {
      const parquet = other.s3Key.replace("original", "data.parquet");
      await refuse(`SELECT * FROM '${parquet}'`, "unsafe-sql");
      await refuse("SELECT * FROM secret", "sql-error");
    });

    test("a SELECT that only looks like one of these is answered", async () => {
      const text = "SELECT 'COPY; read_csv(''/etc/passwd'')' AS \"SET\", count(*) AS n FROM main.data -- ; DROP";
      const { result } = await ann.query(films, text);
      assert.deepEqual(result.rows, [["COPY; read_csv('/etc/passwd')", 12]]);
      assert.deepEqual((await ann.query(films, "SELECT 1 AS one;")).result.rows, [[1]]);
      assert.deepEqual((await ann.query(films, "FROM data SELECT count(*) AS n")).result.rows, [[12]]);
    });

    test("and after all of them the data is as it was", async () => {
      const { rows } = await ann.ok(operations.listRows, { params: { datasetId: films.id } });
      assert.equal(rows.length, 12);
    });
  });
}
