import { notImplemented, S3Error } from "./error.ts";
import type { ObjectRecord } from "./object-record.ts";

/** Validators of a read, as headers or their `x-amz-copy-source-…` counterparts. */
export interface ReadConditions {
  ifMatch: string | undefined;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
  ifUnmodifiedSince: string | undefined;
}

/** Whether a read may go on, by RFC 9110 section 13.2.2, which S3 follows. */
export function evaluateRead(record: ObjectRecord, conditions: ReadConditions): "proceed" | "not-modified" | "failed" {
  const { ifMatch, ifNoneMatch } = conditions;
  const modified = Math.floor(Date.parse(record.lastModified) / 1000) * 1000;
  const unmodifiedSince = Date.parse(conditions.ifUnmodifiedSince ?? "");
  const modifiedSince = Date.parse(conditions.ifModifiedSince ?? "");
  if (ifMatch !== undefined) {
    if (!listsETag(ifMatch, record.eTag)) return "failed";
  } else if (modified > unmodifiedSince) return "failed";
  if (ifNoneMatch !== undefined) return listsETag(ifNoneMatch, record.eTag) ? "not-modified" : "proceed";
  return modified <= modifiedSince ? "not-modified" : "proceed";
}

/** The check that a conditional write makes at its commit; `undefined` when it has no condition. */
export function writePrecondition(
  headers: ReadonlyMap<string, string>,
): ((current: ObjectRecord | undefined) => void) | undefined {
  const ifNoneMatch = headers.get("if-none-match");
  const ifMatch = headers.get("if-match");
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") throw notImplemented("If-None-Match other than * on a write");
  if (ifNoneMatch === undefined && ifMatch === undefined) return undefined;
  return (current) => {
    if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed("If-None-Match");
    if (ifMatch === undefined) return;
    if (current === undefined) throw new S3Error("NoSuchKey", "The specified key does not exist.");
    if (!listsETag(ifMatch, current.eTag)) throw preconditionFailed("If-Match");
  };
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    Condition: condition,
  });
}

function listsETag(header: string, eTag: string): boolean {
  return header.split(",").some((item) => {
    const candidate = item.trim().replace(/^W\//, "");
    return candidate === "*" || candidate === eTag || candidate === `"${eTag}"`;
  });
}
