import type { Dataset, SelectableTable } from "../../contract/index.ts";

/** The file itself can't become a table. The message tells its owner what is wrong and what to do; trying again can't help. */
export class DataError extends Error {
  readonly detail: NonNullable<Dataset["error"]>;
  /** What could be read instead, where the file has several tables. */
  tables: SelectableTable[] | undefined;
  constructor(
    code: string,
    message: string,
    options?: ErrorOptions & { row?: number; column?: string; tables?: SelectableTable[] },
  ) {
    super(message, options);
    const { row, column, tables } = options ?? {};
    this.tables = tables;
    this.detail = { code, message, ...(row !== undefined && { row }), ...(column !== undefined && { column }) };
  }
}
