import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy from "@middy/core";
import httpRouter from "@middy/http-router";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { NotFound } from "../errors.ts";
import { logger } from "../observability.ts";
import type { EndpointRoute } from "./endpoint.ts";
import { jsonBody } from "./json-body.ts";
import { problemJson } from "./problem-json.ts";
import { publishMetrics } from "./publish-metrics.ts";

/** The Lambda handler of a part of the HTTP API: its routes, with what all of them have in common. */
export function httpHandler(routes: EndpointRoute[]) {
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(publishMetrics())
    .use(problemJson())
    .use(jsonBody())
    .handler(
      httpRouter<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>({
        routes,
        notFoundResponse({ method, path }) {
          throw new NotFound(`There is no ${method} ${path}`);
        },
      }),
    );
}
