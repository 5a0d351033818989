import type { Dataset } from "../../../contract/index.ts";
import { formatNumber } from "../format/numbers.ts";

/** Where in a file an error is, as far as that is known. */
export function Place({ error }: Pick<Dataset, "error">) {
  const place = [
    error?.row === undefined ? "" : `row ${formatNumber(error.row)}`,
    error?.column === undefined ? "" : `column “${error.column}”`,
  ].filter((part) => part !== "");
  return place.length > 0 && <p>Where: {place.join(", ")}</p>;
}
