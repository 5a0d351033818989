import { DataError } from "../../../functions/ingest/data-error.ts";

/** For `assert.rejects`: the file is refused with this code, and the sentence for its owner matches. */
export function refused(code: string, message?: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof DataError && error.detail.code === code && (message === undefined || message.test(error.message));
}
