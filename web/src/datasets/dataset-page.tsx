import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { Dataset } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { navigate } from "../routing/navigation.tsx";
import { homePath } from "../routing/routes.ts";
import { DatasetHeader } from "./dataset-header.tsx";
import { IngestStatus } from "./ingest-status.tsx";
import { ReadyDataset } from "./ready-dataset.tsx";
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
          <DatasetBody dataset={dataset} />
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

function DatasetBody({ dataset }: { dataset: Dataset }) {
  return dataset.status === "ready" ? <ReadyDataset dataset={dataset} /> : <IngestStatus dataset={dataset} />;
}
