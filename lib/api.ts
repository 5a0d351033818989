import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Architecture, Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Ingest } from "./ingest.ts";
import { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Storage } from "./storage.ts";
import { tellUsageLimits } from "./usage.ts";

export interface ApiProps {
  readonly storage: Storage;
  readonly ingest: Ingest;
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly architecture: Architecture;
}

/** The HTTP API. Routes are wide and the functions' own routers narrow, so that a wrong path gets the API's own errors. */
export class Api extends Construct {
  readonly url: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, { storage, ingest, secrets, settings, architecture }: ApiProps) {
    super(scope, id);
    const fn = new QuantibiFunction(this, "Function", {
      description: "Users, workspaces and datasets",
      capability: "api",
      architecture,
      memoryMb: 512,
      timeout: Duration.seconds(15),
    });
    // To sign uploads: a presigned POST can do no more than the function that signed it.
    storage.grantWrite(fn);
    storage.grantDelete(fn);
    // To show what an ingest rejected.
    storage.grantRead(fn);
    // To say what a workspace stores.
    storage.grantListReports(fn);
    tellUsageLimits(fn, settings);
    ingest.grantReadAgain(fn);
    secrets.grantMongodb(fn);

    this.api = new HttpApi(this, "HttpApi", {
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer("Authorizer", settings.issuer, { jwtAudience: [settings.audience] }),
      corsPreflight: {
        allowOrigins: settings.siteOrigins,
        allowMethods: [CorsHttpMethod.ANY],
        allowHeaders: ["authorization", "content-type"],
        exposeHeaders: ["content-disposition"],
        maxAge: Duration.hours(1),
      },
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, "AccessLog", {
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: "$context.requestId",
            time: "$context.requestTime",
            method: "$context.httpMethod",
            path: "$context.path",
            status: "$context.status",
            responseMs: "$context.responseLatency",
            responseBytes: "$context.responseLength",
            error: "$context.error.message",
          }),
        ),
      },
    });
    this.url = stage.url;

    this.route("/api/{proxy+}", HttpMethod.ANY, fn);
    for (const path of ["/api/health", "/api/openapi.json"]) {
      this.route(path, HttpMethod.GET, fn, new HttpNoneAuthorizer());
    }
  }

  /** Sends to `fn` what needs the query engine. */
  routeCharts(fn: LambdaFunction): void {
    this.route("/api/workspaces/{workspaceId}/charts", HttpMethod.ANY, fn);
    this.route("/api/workspaces/{workspaceId}/charts/{proxy+}", HttpMethod.ANY, fn);
    this.route("/api/workspaces/{workspaceId}/datasets/{datasetId}/rows", HttpMethod.ANY, fn);
  }

  /** Sends to `fn` what concerns reports. */
  routeReports(fn: LambdaFunction): void {
    for (const collection of ["reports", "report-schedules"]) {
      this.route(`/api/workspaces/{workspaceId}/${collection}`, HttpMethod.ANY, fn);
      this.route(`/api/workspaces/{workspaceId}/${collection}/{proxy+}`, HttpMethod.ANY, fn);
    }
  }

  private route(path: string, method: HttpMethod, fn: LambdaFunction, authorizer?: HttpNoneAuthorizer): void {
    this.api.addRoutes({
      path,
      methods: [method],
      integration: new HttpLambdaIntegration(`${fn.node.id}Integration`, fn),
      ...(authorizer && { authorizer }),
    });
  }
}
