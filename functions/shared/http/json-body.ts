import type middy from "@middy/core";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { InvalidInput } from "../errors.ts";

/** Middleware: parses the body, where there is one, as JSON, whatever content type it claims. Throws `InvalidInput`. */
export function jsonBody(): middy.MiddlewareObj<APIGatewayProxyEventV2> {
  const parser = httpJsonBodyParser({ disableContentTypeCheck: true });
  return {
    async before(request) {
      if (!request.event.body) return;
      try {
        await parser.before?.(request);
      } catch (error) {
        throw new InvalidInput([{ path: "", message: "The body is not valid JSON" }], { cause: error });
      }
    },
  };
}
