import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { formatCount, formatShare } from "../format/numbers.ts";
import { Link, useRoute } from "../routing/navigation.tsx";
import { datasetPath } from "../routing/routes.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import type { FileUpload } from "../uploads/file-upload.ts";
import { useUploadOf } from "../uploads/uploads-provider.tsx";
import classes from "./dataset-list.module.css";
import { containsWords } from "./search.ts";
import { useAllPages, useDatasets } from "./use-datasets.ts";

/** Fewer are found faster by looking than by typing. */
const worthSearching = 8;

/** The workspace's datasets, with how each is doing. */
export function DatasetList() {
  const { workspace } = useWorkspace();
  const query = useDatasets(workspace?.id);
  const [search, setSearch] = useState("");
  // The API lists and does not search, so that a search needs all of them.
  useAllPages(query, search !== "");
  const isLong = (query.data?.length ?? 0) > worthSearching || query.hasNextPage;
  return (
    <div className={classes.section}>
      <h2 className={classes.heading}>Datasets</h2>
      {isLong && (
        <TextInput
          type="search"
          size="xs"
          mx={8}
          mb={6}
          aria-label="Find a dataset"
          placeholder="Find a dataset"
          leftSection={<IconSearch size={14} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className={classes.scroll}>
        <LoadingPanel query={query} what="your datasets">
          {(datasets) => <Items datasets={datasets} search={search} isComplete={!query.hasNextPage} />}
        </LoadingPanel>
        {query.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </div>
    </div>
  );
}

function Items({ datasets, search, isComplete }: { datasets: Dataset[]; search: string; isComplete: boolean }) {
  const route = useRoute();
  const openId = route.page === "dataset" ? route.datasetId : undefined;
  const found = datasets.filter(({ name, fileName }) => containsWords(`${name} ${fileName}`, search));
  if (datasets.length === 0) return <p className={classes.empty}>None yet. The first file you bring appears here.</p>;
  if (found.length === 0) {
    return (
      <p className={classes.empty} aria-live="polite">
        {isComplete ? `No dataset is called “${search.trim()}”.` : "Looking further…"}
      </p>
    );
  }
  return (
    <ul className={classes.list}>
      {found.map((dataset) => (
        <DatasetItem key={dataset.id} dataset={dataset} isOpen={dataset.id === openId} />
      ))}
    </ul>
  );
}

function DatasetItem({ dataset, isOpen }: { dataset: Dataset; isOpen: boolean }) {
  const upload = useUploadOf(dataset.id);
  return (
    <li>
      <Link
        href={datasetPath(dataset.id)}
        className={classes.item}
        aria-current={isOpen ? "page" : undefined}
        data-testid="dataset-link"
      >
        <span className={classes.dot} data-status={dataset.status} aria-hidden />
        <span className={classes.name} title={dataset.name}>
          {dataset.name}
        </span>
        <small>{statusText(dataset, upload)}</small>
      </Link>
    </li>
  );
}

function statusText({ status, rowCount, nextVersion }: Dataset, upload: FileUpload | undefined): string {
  const rows = formatCount(rowCount ?? 0, "row");
  if (status === "ready") return nextVersion?.status === "ingesting" ? `${rows}, newer file being read…` : rows;
  if (status === "failed") return "Could not be read";
  if (status === "ingesting") return "Being read…";
  if (upload?.state === "failed") return "Did not arrive";
  if (upload?.state === "sent") return "Arrived…";
  if (upload?.state !== "sending") return "Waiting for its file";
  return `Being sent, ${formatShare(upload.sent / Math.max(1, upload.file.size))}`;
}
