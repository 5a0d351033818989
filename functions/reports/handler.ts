import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SQSClient } from "@aws-sdk/client-sqs";
import { operations } from "../../contract/index.ts";
import { readConfiguration } from "../shared/configuration.ts";
import { endpoint } from "../shared/http/endpoint.ts";
import { httpHandler } from "../shared/http/http-handler.ts";
import { ObjectStorage } from "../shared/object-storage.ts";
import { readUsageLimits } from "../usage/limits.ts";
import { withinQuota } from "../usage/quota.ts";
import { cancelReport, createReport, deleteReport, getReport, listReports, retryReport } from "./reports.ts";
import {
  createReportSchedule,
  deleteReportSchedule,
  getReportSchedule,
  listReportSchedules,
  updateReportSchedule,
} from "./schedules/report-schedules.ts";

const { bucketName, reportQueueUrl, reportQueueArn, scheduleGroup, scheduleRoleArn } = readConfiguration(
  "bucketName",
  "reportQueueUrl",
  "reportQueueArn",
  "scheduleGroup",
  "scheduleRoleArn",
);
const limits = readUsageLimits();
const storage = new ObjectStorage(bucketName, new S3Client());
const queue = { client: new SQSClient(), url: reportQueueUrl };
const scheduler = {
  client: new SchedulerClient(),
  group: scheduleGroup,
  queueArn: reportQueueArn,
  roleArn: scheduleRoleArn,
};

export const handler = httpHandler([
  endpoint(operations.createReport, ({ caller: { workspaceId }, body }) =>
    withinQuota(workspaceId, "reports", limits, () => createReport(workspaceId, body, queue)),
  ),
  endpoint(operations.listReports, ({ caller, query }) => listReports(caller.workspaceId, query)),
  endpoint(operations.getReport, ({ caller, params }) => getReport(caller.workspaceId, params.reportId, storage)),
  endpoint(operations.retryReport, ({ caller, params }) => retryReport(caller.workspaceId, params.reportId, queue)),
  endpoint(operations.cancelReport, ({ caller, params }) => cancelReport(caller.workspaceId, params.reportId)),
  endpoint(operations.deleteReport, ({ caller, params }) => deleteReport(caller.workspaceId, params.reportId, storage)),

  endpoint(operations.createReportSchedule, ({ caller, body }) =>
    createReportSchedule(caller.workspaceId, body, scheduler),
  ),
  endpoint(operations.listReportSchedules, ({ caller, query }) => listReportSchedules(caller.workspaceId, query)),
  endpoint(operations.getReportSchedule, ({ caller, params }) =>
    getReportSchedule(caller.workspaceId, params.scheduleId),
  ),
  endpoint(operations.updateReportSchedule, ({ caller, params, body }) =>
    updateReportSchedule(caller.workspaceId, params.scheduleId, body, scheduler),
  ),
  endpoint(operations.deleteReportSchedule, ({ caller, params }) =>
    deleteReportSchedule(caller.workspaceId, params.scheduleId, scheduler),
  ),
]);
