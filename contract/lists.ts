import { z } from "zod";

export const id = z.string().regex(/^[0-9a-f]{24}$/, "is not an id");
export const timestamp = z.iso.datetime();

export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().min(1).max(200).optional(),
});
export type ListQuery = z.infer<typeof listQuery>;

/** One page of a list, newest first; `nextCursor` asks for the page after it. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}
