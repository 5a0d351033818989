import { Button } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { formatCount } from "../format/numbers.ts";
import { Link, useRoute } from "../routing/navigation.tsx";
import { datasetPath } from "../routing/routes.ts";
import { useWorkspace } from "../session/use-workspace.ts";
import classes from "./dataset-list.module.css";
import { useDatasets } from "./use-datasets.ts";

/** The workspace's datasets, with how each is doing. */
export function DatasetList() {
  const { workspace } = useWorkspace();
  const query = useDatasets(workspace?.id);
  const route = useRoute();
  const openId = route.page === "dataset" ? route.datasetId : undefined;
  return (
    <div className={classes.section}>
      <h2 className={classes.heading}>Datasets</h2>
      <div className={classes.scroll}>
        <LoadingPanel query={query} what="your datasets">
          {(datasets) =>
            datasets.length === 0 ? (
              <p className={classes.empty}>None yet. The first file you bring appears here.</p>
            ) : (
              <ul className={classes.list}>
                {datasets.map((dataset) => (
                  <DatasetItem key={dataset.id} dataset={dataset} isOpen={dataset.id === openId} />
                ))}
              </ul>
            )
          }
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

function DatasetItem({ dataset, isOpen }: { dataset: Dataset; isOpen: boolean }) {
  return (
    <li>
      <Link
        href={datasetPath(dataset.id)}
        className={classes.item}
        aria-current={isOpen ? "page" : undefined}
        data-testid="dataset-link"
      >
        <span className={classes.dot} data-status={dataset.status} aria-hidden />
        <span className={classes.name}>{dataset.name}</span>
        <small>{statusText(dataset)}</small>
      </Link>
    </li>
  );
}

function statusText({ status, rowCount }: Dataset): string {
  if (status === "ready") return formatCount(rowCount ?? 0, "row");
  if (status === "failed") return "Could not be read";
  return status === "ingesting" ? "Being read…" : "Waiting for its file";
}
