import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { Tracer } from "@aws-lambda-powertools/tracer";

/**
 * One of each per process; the service's name and the metrics' namespace come from the environment that the construct
 * sets. What is logged and measured: ids, counts, durations and errors, never rows, questions, SQL or tokens.
 */
export const logger = new Logger();
export const metrics = new Metrics();
export const tracer = new Tracer();
