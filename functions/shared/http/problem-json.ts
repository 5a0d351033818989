import type middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../../../contract/index.ts";
import { PublicError, Unavailable } from "../errors.ts";
import { isDatabaseUnreachable } from "../mongo.ts";
import { logger } from "../observability.ts";

/** Middleware: turns whatever was thrown into `application/problem+json`. Only public errors say what happened. */
export function problemJson(): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  return {
    onError(request) {
      const { requestId } = request.event.requestContext;
      const problem = describe(request.error, requestId);
      if (problem.status >= 500) logger.error("The request failed", { requestId, error: request.error });
      request.response = {
        statusCode: problem.status,
        headers: { "content-type": "application/problem+json" },
        body: JSON.stringify(problem),
      };
    },
  };
}

function describe(error: unknown, requestId: string): Problem {
  if (error instanceof PublicError) {
    return {
      type: error.kind ? `https://quantibi.dev/problems/${error.kind}` : "about:blank",
      title: error.title,
      status: error.status,
      detail: error.message,
      requestId,
      ...error.details(),
    };
  }
  if (isDatabaseUnreachable(error)) {
    return describe(new Unavailable("The database does not answer: try again in a moment"), requestId);
  }
  return {
    type: "about:blank",
    title: "Something went wrong on our side",
    status: 500,
    detail: "Try again; if it happens again, give the operator this request id",
    requestId,
  };
}
