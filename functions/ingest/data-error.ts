import type { Dataset } from "../../contract/index.ts";

/** The file itself can't become a table. The message tells its owner what is wrong and what to do; trying again can't help. */
export class DataError extends Error {
  readonly detail: NonNullable<Dataset["error"]>;
  constructor(code: string, message: string, options?: ErrorOptions & { row?: number; column?: string }) {
    super(message, options);
    const { row, column } = options ?? {};
    this.detail = { code, message, ...(row !== undefined && { row }), ...(column !== undefined && { column }) };
  }
}
