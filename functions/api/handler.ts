import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { operations } from "../../contract/index.ts";
import packageJson from "../../package.json" with { type: "json" };
import { cancelVersion } from "../datasets/cancel-version.ts";
import { createVersion } from "../datasets/create-version.ts";
import { createDataset, findDataset, listDatasets, presentDataset, updateDataset } from "../datasets/datasets.ts";
import { deleteDataset } from "../datasets/delete-dataset.ts";
import { IngestQueue } from "../datasets/ingest-queue.ts";
import { listRejects } from "../datasets/list-rejects.ts";
import { readConfiguration } from "../shared/configuration.ts";
import { endpoint } from "../shared/http/endpoint.ts";
import { httpHandler } from "../shared/http/http-handler.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { readUsageLimits } from "../usage/limits.ts";
import { readUsage } from "../usage/read-usage.ts";
import { assertRoomFor } from "../usage/storage-quota.ts";
import { createWorkspace, listWorkspaces, readMe } from "../workspaces/workspaces.ts";
import { describeApi } from "./open-api.ts";

const { bucketName, ingestQueueUrl } = readConfiguration("bucketName", "ingestQueueUrl");
const storage = new ObjectStorage(bucketName, new S3Client());
const ingestQueue = new IngestQueue(ingestQueueUrl, new SQSClient());
const limits = readUsageLimits();
const { version } = packageJson;

export const handler = httpHandler([
  endpoint(operations.health, async () => ({ status: "ok" as const, version })),
  endpoint(operations.openApi, async () => describeApi(version)),

  endpoint(operations.me, ({ caller }) => readMe(caller)),
  endpoint(operations.createWorkspace, ({ caller, body }) => createWorkspace(caller, body)),
  endpoint(operations.listWorkspaces, ({ caller, query }) => listWorkspaces(caller, query)),

  endpoint(operations.readUsage, ({ caller, query }) => readUsage(caller.workspaceId, query, { limits, storage })),

  endpoint(operations.createDataset, async ({ caller: { workspaceId }, body }) => {
    await assertRoomFor(workspaceId, body.fileSize, { limits, storage });
    return createDataset(workspaceId, body, storage);
  }),
  endpoint(operations.listDatasets, ({ caller, query }) => listDatasets(caller.workspaceId, query)),
  endpoint(operations.getDataset, async ({ caller, params }) =>
    presentDataset(await findDataset(caller.workspaceId, params.datasetId)),
  ),
  endpoint(operations.updateDataset, ({ caller, params, body }) =>
    updateDataset(caller.workspaceId, params.datasetId, body, ingestQueue),
  ),
  endpoint(operations.createVersion, async ({ caller: { workspaceId }, params, body }) => {
    await assertRoomFor(workspaceId, body.fileSize, { limits, storage });
    return createVersion(workspaceId, params.datasetId, body, storage);
  }),
  endpoint(operations.cancelVersion, ({ caller, params }) =>
    cancelVersion(caller.workspaceId, params.datasetId, storage),
  ),
  endpoint(operations.listRejects, ({ caller, params, query }) =>
    listRejects(caller.workspaceId, params.datasetId, query, storage),
  ),
  endpoint(operations.deleteDataset, ({ caller, params }) =>
    deleteDataset(caller.workspaceId, params.datasetId, storage),
  ),
]);
