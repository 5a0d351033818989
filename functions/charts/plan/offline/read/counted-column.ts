import type { Field } from "../link/fields.ts";
import type { Grain } from "../query.ts";
import type { Parts } from "./asked.ts";
import { doubt, type Reading } from "./reading.ts";
import type { Mention, Selection } from "./selection.ts";

/** Columns of what someone wrote, where not all did: of them there are as many as rows that have one. */
const remarks = /comment|remark|note|feedback|review|complaint|message|answer|suggestion|testimonial|reply|response/i;

/** "number of customers": what is counted where a column is. */
export function countColumn(
  reading: Reading,
  one: Mention,
  selection: Selection,
  parts: Parts,
  grouped: boolean,
  charted: boolean,
  addDimension: (field: Field, grain: Grain | null, cue: Mention["cue"]) => void,
): void {
  const { field } = one;
  if (field.role === "measure") {
    reading.items[one.index] = { kind: "rows", text: one.text, used: true };
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    doubt(reading, `“${one.text}” are counted as the rows of the table.`, [
      { said: `number of ${one.text}`, instead: `total ${field.name}`, label: `total ${field.name}` },
    ]);
    return;
  }
  const others = grouped || selection.grain !== null || selection.trend;
  if (one.cue === "group" || (!others && charted)) {
    addDimension(field, null, "group");
    parts.measures.push({ field: null, aggregate: "count", cue: null });
    return;
  }
  const { nullCount } = field.column.profile;
  if (!one.distinct && nullCount > 0 && field.role === "dimension" && remarks.test(field.id)) {
    parts.measures.push({ field, aggregate: "count", cue: null });
    reading.assumptions.add(`The rows that have a ${field.name} are counted; ${nullCount} have none.`);
    return;
  }
  if (one.distinct || (!field.unique && field.role !== "time")) {
    parts.measures.push({ field, aggregate: "count-distinct", cue: null });
    if (!one.distinct)
      doubt(reading, `Each different ${field.name} is counted once.`, [
        { said: one.text, instead: "rows", label: "the number of rows" },
      ]);
  } else parts.measures.push({ field: null, aggregate: "count", cue: null });
}
