import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { ApiError } from "../api/api-error.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { navigate } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import { DatasetHeader } from "./dataset-header.tsx";
import { hasTable } from "./dataset-state.ts";
import { IngestStatus } from "./ingest-status.tsx";
import { News } from "./news.tsx";
import { NextVersion } from "./next-version.tsx";
import { ReadAgain } from "./read-again.tsx";
import { ReadyDataset } from "./ready-dataset.tsx";
import { SchemaChanges } from "./schema-changes.tsx";
import { useDataset } from "./use-dataset.ts";

/** One dataset: on its way in, refused, or ready to be asked. */
export function DatasetPage({ datasetId }: { datasetId: string }) {
  const query = useDataset(datasetId);
  useDocumentTitle(query.data ? `${query.data.name} · QuantiBI` : "QuantiBI");
  if (!query.data && query.error instanceof ApiError && query.error.kind === "not-found") return <NoDataset />;
  return (
    <LoadingPanel query={query} what="this dataset">
      {(dataset) => (
        <>
          <DatasetHeader dataset={dataset} />
          <News dataset={dataset} />
          <NextVersion dataset={dataset} />
          <ReadAgain dataset={dataset} />
          <SchemaChanges dataset={dataset} />
          {hasTable(dataset) ? <ReadyDataset dataset={dataset} /> : <IngestStatus dataset={dataset} />}
        </>
      )}
    </LoadingPanel>
  );
}

function NoDataset() {
  return (
    <>
      <h1>This dataset is not here</h1>
      <p>It may have been deleted, or it is in a workspace that you are not a member of.</p>
      <Button onClick={() => navigate(homePath, { replace: true })}>To the start</Button>
    </>
  );
}
