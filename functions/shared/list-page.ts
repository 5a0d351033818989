import type { Model, QueryFilter, Types } from "mongoose";
import { id, type ListQuery, type Page } from "../../contract/index.ts";
import { InvalidInput } from "./errors.ts";

/**
 * One page of the documents that match `filter`, newest first. The cursor is the id of the page's last document: ids grow
 * with time, so a page stays where it is while documents come and go before it.
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
  const found = await model
    .find({ ...filter, ...(cursor && { _id: { $lt: cursor } }) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<Document[]>();
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(present), nextCursor: found.length > limit && last ? last._id.toString() : null };
}
