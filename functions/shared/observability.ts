import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";

/**
 * One of each per process; the service's name and the metrics' namespace come from the environment that the construct
 * sets. What is logged and measured: ids, counts, durations and errors, never rows, questions, SQL or tokens. Traces are
 * Lambda's own.
 */
export const logger = new Logger();
export const metrics = new Metrics();
