import type { Receipt } from "../../../contract/index.ts";
import { formatDuration } from "../format/numbers.ts";

/** Who turned the question into SQL. */
export function plannerName({ planner, model }: Pick<Receipt, "planner" | "model">): string {
  if (planner === "sql") return "Your SQL";
  return planner === "offline" ? "Offline planner" : (model ?? "Language model");
}

/** What a receipt says, as pairs of a name and a value. */
export function receiptFacts(receipt: Receipt, locale?: string): [string, string][] {
  const { planMs, fetchMs, queryMs, totalMs } = receipt.timings;
  const time = (milliseconds: number) => formatDuration(milliseconds, locale);
  return [
    ["Planned by", plannerName(receipt)],
    ["Time", `${time(totalMs)}: ${time(planMs)} to plan, ${time(fetchMs)} to fetch, ${time(queryMs)} to query`],
    ["Engine", `DuckDB ${receipt.engineVersion}`],
    ...receipt.datasetVersions.map(({ version, eTag }): [string, string] => [
      "Data",
      `version ${version}, ETag ${eTag.replaceAll('"', "")}`,
    ]),
    ...(receipt.promptHash === null ? [] : [["Prompt", `SHA-256 ${receipt.promptHash}`] satisfies [string, string]]),
    ...(receipt.costUsd === 0 ? [] : [["Cost", costText(receipt.costUsd, locale)] satisfies [string, string]]),
  ];
}

function costText(costUsd: number | null, locale: string | undefined): string {
  if (costUsd === null) return "not known: the price of the model is not set";
  return new Intl.NumberFormat(locale, { style: "currency", currency: "USD", maximumSignificantDigits: 2 }).format(
    costUsd,
  );
}
