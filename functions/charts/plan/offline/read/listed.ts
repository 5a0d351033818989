import { operatorOf } from "../link/items.ts";
import type { Parts } from "./asked.ts";
import type { AskedFilters } from "./filters.ts";
import type { Reading } from "./reading.ts";
import { labelField } from "./row-label.ts";
import type { Selection } from "./selection.ts";

/** A question that names only rows ("movies longer than 3 hours"): the columns that tell them apart, or their number. */
export function listRows(reading: Reading, parts: Parts, selection: Selection, filters: AskedFilters): void {
  const label = labelField(reading);
  if (label?.unique && filters.where.length > 0 && !selection.share)
    parts.dimensions.push({ field: label, grain: null, series: false, cue: null });
  else if (wantsList(reading) || (label && filters.where.length > 0 && !selection.share))
    parts.dimensions.push(...listedColumns(reading));
  else parts.measures.push({ field: null, aggregate: "count", cue: null });
}

const mostListed = 8;

/** "show me the movies": their first columns. */
function listedColumns({ table, assumptions }: Reading): Parts["dimensions"] {
  if (table.fields.length > mostListed)
    assumptions.add(`The first ${mostListed} of ${table.fields.length} columns are listed.`);
  return table.fields.slice(0, mostListed).map((field) => ({ field, grain: null, series: false, cue: null }));
}

function wantsList({ items }: Reading): boolean {
  const counts = items.some((item) => ["count", "share", "distribution"].includes(operatorOf(item)?.op ?? ""));
  return !counts && items.some(({ text }) => /^(show|list|display|give|view|see)\b/i.test(text));
}
