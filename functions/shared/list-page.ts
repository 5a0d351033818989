import type { Model, QueryFilter, Types } from "mongoose";
import { id, type ListQuery, type Page } from "../../contract/index.ts";
import { InvalidInput } from "./errors.ts";

/** Below the 6 MB that a Lambda function may answer. */
const maxPageBytes = 4_000_000;

/**
 * One page of the documents that match `filter`, newest first. It holds fewer than `limit` when more would be too large
 * for one answer. The cursor is the id of the page's last document: ids grow with time, so a page stays where it is while
 * documents come and go before it.
 */
export async function listPage<Document extends { _id: Types.ObjectId }, Item>(
  model: Model<Document, object, object, { id: string }>,
  filter: QueryFilter<Document>,
  { limit, cursor }: ListQuery,
  present: (document: Document) => Item,
): Promise<Page<Item>> {
  if (cursor !== undefined && !id.safeParse(cursor).success) {
    throw new InvalidInput([{ path: "cursor", message: "is not one that a list gave" }]);
  }
  const documents = model
    .find({ ...filter, ...(cursor && { _id: { $lt: cursor } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<Document[]>()
    .cursor();
  const items: Item[] = [];
  let last: string | null = null;
  let bytes = 0;
  for await (const document of documents) {
    const item = present(document);
    bytes += JSON.stringify(item).length;
    if (items.length === limit || (items.length > 0 && bytes > maxPageBytes)) return { items, nextCursor: last };
    items.push(item);
    last = document._id.toString();
  }
  return { items, nextCursor: null };
}
