import type { Dataset } from "../../../contract/index.ts";
import { ResultTable } from "../charts/result-table.tsx";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { useRows } from "./use-dataset.ts";

export function RowsPreview({ dataset }: { dataset: Dataset }) {
  const query = useRows(dataset, 50);
  return (
    <LoadingPanel query={query} what="the first rows">
      {({ columns, rows }) => (
        <ResultTable columns={columns} rows={rows} caption={`The first rows of ${dataset.name}`} />
      )}
    </LoadingPanel>
  );
}
