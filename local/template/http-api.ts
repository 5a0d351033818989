import { z } from "zod";
import type { CorsRule, HttpApiSpec, RouteSpec } from "./deployment.ts";
import { functionNameOf } from "./functions.ts";
import type { Resource, Stack } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

const cors = z.strictObject({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.coerce.number().optional(),
  AllowCredentials: z.literal(false, "AllowCredentials is not supported").optional(),
});
const api = { ProtocolType: z.literal("HTTP"), CorsConfiguration: cors.optional() };
const stage = {
  ApiId: z.string(),
  StageName: z.string(),
  DefaultRouteSettings: z
    .object({
      ThrottlingRateLimit: z.coerce.number().optional(),
      ThrottlingBurstLimit: z.coerce.number().optional(),
    })
    .optional(),
};
const route = {
  ApiId: z.string(),
  RouteKey: z.string().regex(/^(\$default|[A-Z]+ \/\S*)$/),
  Target: z.string(),
  AuthorizationType: z.enum(["NONE", "JWT"], "only NONE and JWT are supported").default("NONE"),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).max(0, "scopes are not supported").optional(),
};
const integration = {
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
  // API Gateway allows 50 ms to 30 s.
  TimeoutInMillis: z.coerce.number().min(50).max(30_000).default(30_000),
};
const authorizer = {
  AuthorizerType: z.literal("JWT", "only JWT authorizers are supported"),
  IdentitySource: z.tuple([z.literal("$request.header.Authorization")]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()).min(1) }),
};

/** The stack's one HTTP API. Throws if there is none or another, or if a route leads nowhere. */
export function readHttpApi(stack: Stack): HttpApiSpec {
  const resource = onlyOne(stack, "AWS::ApiGatewayV2::Api");
  stack.refuse(resource, "Body", "BodyS3Location", "Target");
  const { CorsConfiguration } = stack.read(resource, api);
  const stageResource = onlyOne(stack, "AWS::ApiGatewayV2::Stage");
  stack.refuse(stageResource, "RouteSettings", "StageVariables");
  const { StageName, DefaultRouteSettings } = stack.read(stageResource, stage);
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = DefaultRouteSettings ?? {};
  if ((ThrottlingRateLimit === undefined) !== (ThrottlingBurstLimit === undefined)) {
    throw new TemplateError(stageResource.logicalId, "throttling needs both a rate limit and a burst limit");
  }
  return {
    id: stack.physicalId(resource),
    stage: StageName,
    routes: stack.resources("AWS::ApiGatewayV2::Route").map((one) => readRoute(stack, one)),
    cors: CorsConfiguration === undefined ? undefined : corsRule(CorsConfiguration),
    throttling:
      ThrottlingRateLimit === undefined || ThrottlingBurstLimit === undefined
        ? undefined
        : { rateLimit: ThrottlingRateLimit, burstLimit: ThrottlingBurstLimit },
  };
}

function readRoute(stack: Stack, resource: Resource): RouteSpec {
  const { RouteKey, Target, AuthorizationType, AuthorizerId } = stack.read(resource, route);
  const target = stack
    .resources("AWS::ApiGatewayV2::Integration")
    .find((candidate) => `integrations/${stack.physicalId(candidate)}` === Target);
  if (target === undefined) {
    throw new TemplateError(
      resource.logicalId,
      `${RouteKey} leads to ${Target}, which is no integration of this stack`,
    );
  }
  stack.refuse(target, "ConnectionId", "IntegrationSubtype", "RequestParameters", "ResponseParameters");
  const { IntegrationUri, TimeoutInMillis } = stack.read(target, integration);
  return {
    routeKey: RouteKey,
    functionName: functionNameOf(stack, IntegrationUri, target),
    timeoutMs: TimeoutInMillis,
    authorizer: AuthorizationType === "NONE" ? undefined : readAuthorizer(stack, AuthorizerId, resource),
  };
}

function readAuthorizer(stack: Stack, id: string | undefined, subject: Resource): RouteSpec["authorizer"] {
  const found = stack
    .resources("AWS::ApiGatewayV2::Authorizer")
    .find((candidate) => stack.physicalId(candidate) === id);
  if (found === undefined)
    throw new TemplateError(subject.logicalId, "asks for a JWT but names no authorizer of this stack");
  const { Issuer, Audience } = stack.read(found, authorizer).JwtConfiguration;
  return { issuer: Issuer, audience: Audience };
}

function onlyOne(stack: Stack, type: string): Resource {
  const [first, second] = stack.resources(type);
  if (first === undefined) throw new TemplateError(type, "the template declares none, and one is needed");
  if (second !== undefined) throw new TemplateError(second.logicalId, `is a second ${type}; one is supported`);
  return first;
}

function corsRule(rule: z.infer<typeof cors>): CorsRule {
  return {
    allowedOrigins: rule.AllowOrigins,
    allowedMethods: rule.AllowMethods,
    allowedHeaders: rule.AllowHeaders,
    exposedHeaders: rule.ExposeHeaders,
    maxAgeSeconds: rule.MaxAge,
  };
}
