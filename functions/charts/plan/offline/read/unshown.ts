import { stem } from "../language/stem.ts";
import { wordsIn } from "../language/tokens.ts";
import { isRowNoun } from "../link/fields.ts";
import type { ItemOf } from "../link/items.ts";
import { columnsUsed } from "../write/computed-for.ts";
import type { Interpretation } from "../write/settle.ts";
import type { Reading } from "./reading.ts";

/**
 * The columns that the question names and that neither the query has nor an assumption tells of: whatever stage took the
 * words, the answer would be one to a question without them. Those that name the rows are counted with them.
 */
export function unshownColumns({ table, items, assumptions }: Reading, { query }: Interpretation): ItemOf<"column">[] {
  const used = columnsUsed(query, table);
  const counted = query.measures.some(({ column, over }) => column === null || over?.column === null);
  return items.filter((item): item is ItemOf<"column"> & typeof item => {
    if (item.kind !== "column" || used.has(item.field.quotient?.of?.id ?? item.field.id)) return false;
    // That a word was read so does not say where it went.
    const told = [...assumptions].filter((one) => !/ is read as /.test(one));
    if (told.some((one) => one.includes(item.field.name))) return false;
    const rows =
      counted && item.field.role !== "measure" && wordsIn(item.text).every((word) => isRowNoun(stem(word), table));
    return !rows;
  });
}
