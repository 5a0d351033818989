import type middy from "@middy/core";
import { metrics } from "../observability.ts";

/** Middleware: publishes what the request has measured, if anything; Powertools' own would warn where there is nothing. */
export function publishMetrics(): middy.MiddlewareObj {
  const publish = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: publish, onError: publish };
}
