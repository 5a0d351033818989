import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { z } from "zod";
import cdkJson from "../../cdk.json" with { type: "json" };
import { QuantibiStack } from "../../lib/quantibi-stack.ts";
import { readSettings } from "../../lib/settings.ts";

const origins = ["https://bi.example.com", "https://www.bi.example.com"];

const statement = z.looseObject({
  Effect: z.enum(["Allow", "Deny"]),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.unknown().transform((resource) => [resource].flat()),
  Condition: z.unknown().optional(),
});
type Statement = z.infer<typeof statement>;
const document = z.object({ Statement: z.array(statement) });

const lambdaFunction = z.looseObject({
  Description: z.string().optional(),
  Runtime: z.string().optional(),
  Architectures: z.array(z.string()).optional(),
  Timeout: z.number().default(3),
  Role: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
  Layers: z.array(z.unknown()).default([]),
  LoggingConfig: z.object({ LogGroup: z.object({ Ref: z.string() }) }).optional(),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
});

const queue = z.looseObject({
  SqsManagedSseEnabled: z.boolean().optional(),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z
    .object({
      deadLetterTargetArn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
      maxReceiveCount: z.number(),
    })
    .optional(),
});

const getAtt = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) });

/** What must hold of the template, whatever else is added to it: no open door, nothing that runs or fails unseen. */
suite("the synthesized template", () => {
  const outdir = mkdtempSync(join(tmpdir(), "template-"));
  after(() => rmSync(outdir, { recursive: true }));
  const context = { ...cdkJson.context, "aws:cdk:bundling-stacks": ["**"], siteOrigins: origins.join(",") };
  const app = new App({ outdir, context });
  const stack = new QuantibiStack(app, "QuantiBI", { settings: readSettings(app.node) });
  const template = Template.fromStack(stack);

  function resources<Properties>(type: string, properties: z.ZodType<Properties>): [id: string, Properties][] {
    return Object.entries(template.findResources(type)).map(([id, resource]) => [
      id,
      properties.parse(resource.Properties),
    ]);
  }
  const functions = resources("AWS::Lambda::Function", lambdaFunction);
  /** Ours, and not the one that CDK brings to set bucket notifications. */
  const own = functions.filter(([id]) => !id.startsWith("BucketNotificationsHandler"));
  const queues = new Map(resources("AWS::SQS::Queue", queue));
  const bucketIds = Object.keys(template.findResources("AWS::S3::Bucket"));

  /** All that IAM allows, by the role that it is allowed to. */
  const grants = resources(
    "AWS::IAM::Policy",
    z.looseObject({ PolicyDocument: document, Roles: z.array(z.object({ Ref: z.string() })) }),
  ).flatMap(([, { PolicyDocument, Roles }]) =>
    Roles.flatMap(({ Ref: role }) => PolicyDocument.Statement.map((granted) => ({ ...granted, role }))),
  );

  /** Whether a resource policy refuses every request to `id` that does not come by TLS. */
  function isTlsOnly(policies: [string, { of: unknown; PolicyDocument: { Statement: Statement[] } }][], id: string) {
    return policies.some(
      ([, { of, PolicyDocument }]) =>
        JSON.stringify(of).includes(`"${id}"`) &&
        PolicyDocument.Statement.some(
          ({ Effect, Action, Condition }) =>
            Effect === "Deny" &&
            Action.some((action) => action.endsWith(":*")) &&
            JSON.stringify(Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
        ),
    );
  }

  test("the bucket is private, encrypted and reached by TLS only", () => {
    assert.equal(bucketIds.length, 1);
    template.hasResourceProperties("AWS::S3::Bucket", {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      AccessControl: Match.absent(),
      WebsiteConfiguration: Match.absent(),
    });
    const policies = resources(
      "AWS::S3::BucketPolicy",
      z
        .object({ Bucket: z.unknown(), PolicyDocument: document })
        .transform(({ Bucket, ...rest }) => ({ ...rest, of: Bucket })),
    );
    for (const id of bucketIds) assert.ok(isTlsOnly(policies, id), id);
    for (const [, { PolicyDocument }] of policies) {
      assert.ok(PolicyDocument.Statement.every(({ Effect }) => Effect === "Deny"));
    }
    template.hasResource("AWS::S3::Bucket", { DeletionPolicy: "Retain" });
  });

  test("the site's origins, and no others, may upload from a browser and read the ETag", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({
            AllowedOrigins: origins,
            AllowedMethods: ["GET", "HEAD", "POST"],
            ExposedHeaders: ["ETag"],
          }),
        ],
      },
    });
    template.hasResourceProperties("AWS::ApiGatewayV2::Api", {
      CorsConfiguration: Match.objectLike({ AllowOrigins: origins }),
    });
  });

  test("files move to Intelligent-Tiering; what is temporary, or half uploaded, goes after a day", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            Prefix: "files/",
            Status: "Enabled",
            Transitions: [{ StorageClass: "INTELLIGENT_TIERING", TransitionInDays: 0 }],
          }),
          Match.objectLike({ Prefix: "temp/", Status: "Enabled", ExpirationInDays: 1 }),
          Match.objectLike({ Status: "Enabled", AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
        ]),
      },
    });
  });

  test("nobody is granted all actions, and all resources only where there is no naming one", () => {
    // X-Ray's two actions know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    const withoutResources = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"];
    for (const { Effect, Action, Resource } of grants) {
      assert.equal(Effect, "Allow");
      for (const action of Action) assert.doesNotMatch(action, /^\*$|:\*$/);
      if (Resource.includes("*")) assert.deepEqual(Action, withoutResources);
    }
  });

  test("every role is a function's, with no managed policy but the one for its log, or sends what schedules are due", () => {
    const roles = resources(
      "AWS::IAM::Role",
      z.looseObject({ AssumeRolePolicyDocument: z.unknown(), ManagedPolicyArns: z.array(z.unknown()).default([]) }),
    );
    for (const [id, { AssumeRolePolicyDocument, ManagedPolicyArns }] of roles) {
      const trust = JSON.stringify(AssumeRolePolicyDocument);
      if (trust.includes('"Service":"scheduler.amazonaws.com"')) {
        const actions = grants.filter(({ role }) => role === id).flatMap(({ Action }) => Action);
        assert.deepEqual(actions, ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"], id);
        continue;
      }
      assert.match(trust, /"Principal":\{"Service":"lambda.amazonaws.com"\}/, id);
      assert.equal(ManagedPolicyArns.length, 1, id);
      assert.match(JSON.stringify(ManagedPolicyArns), /service-role\/AWSLambdaBasicExecutionRole/, id);
    }
  });

  test("functions reach objects under files/ and reports/ only, and list nothing else", () => {
    const roles = new Set(own.map(([, { Role }]) => Role["Fn::GetAtt"][0]));
    const ofS3 = grants.filter(
      ({ Action, role }) => roles.has(role) && Action.some((action) => action.startsWith("s3:")),
    );
    assert.ok(ofS3.length > 0);
    for (const { Action, Resource, Condition, role } of ofS3) {
      for (const resource of Resource) {
        const written = JSON.stringify(resource);
        if (/"\/(files|reports)\/\*"\]\]\}$/.test(written)) continue;
        // What remains is about the bucket itself: to list it, no further than its files.
        assert.ok(getAtt.safeParse(resource).success, `${role}: ${written}`);
        assert.deepEqual(Action, ["s3:ListBucket"], `${role}: ${Action} on the whole bucket`);
        assert.match(JSON.stringify(Condition), /^\{"StringLike":\{"s3:prefix":"(files|reports)\/\*"\}\}$/, role);
      }
    }
  });

  test("each function may do what it does, and not what others do", () => {
    const actionsOf = (description: RegExp) => {
      const found = own.find(([, { Description }]) => description.test(Description ?? ""));
      const role = found?.[1].Role["Fn::GetAtt"][0];
      assert.ok(role, String(description));
      return grants.filter((granted) => granted.role === role).flatMap(({ Action }) => Action);
    };
    const charts = actionsOf(/charts/);
    assert.ok(charts.some((action) => action.startsWith("s3:GetObject")));
    assert.ok(!charts.some((action) => /^s3:(Put|Delete)/.test(action)), "charts read");
    const api = actionsOf(/workspaces/);
    assert.ok(api.includes("sqs:SendMessage") && !api.includes("sqs:ReceiveMessage"), "the API asks for work");
    const sweeper = actionsOf(/never came/);
    assert.ok(!sweeper.some((action) => /^s3:(GetObject|Put)/.test(action)), "the sweeper deletes");
  });

  test("every queue is encrypted and reached by TLS only", () => {
    const policies = resources(
      "AWS::SQS::QueuePolicy",
      z
        .object({ Queues: z.unknown(), PolicyDocument: document })
        .transform(({ Queues, ...rest }) => ({ ...rest, of: Queues })),
    );
    assert.ok(queues.size > 0);
    for (const [id, { SqsManagedSseEnabled }] of queues) {
      assert.equal(SqsManagedSseEnabled, true, id);
      assert.ok(isTlsOnly(policies, id), id);
    }
  });

  test("every queue that feeds a function has a dead-letter queue with an alarm, and hides a message long enough", () => {
    const sources = resources(
      "AWS::Lambda::EventSourceMapping",
      z.looseObject({
        EventSourceArn: getAtt,
        FunctionName: z.object({ Ref: z.string() }),
        FunctionResponseTypes: z.array(z.string()).default([]),
      }),
    );
    assert.ok(sources.length > 0);
    for (const [, { EventSourceArn, FunctionName, FunctionResponseTypes }] of sources) {
      const id = EventSourceArn["Fn::GetAtt"][0];
      const source = queues.get(id);
      assert.ok(source?.RedrivePolicy, `${id} has no dead-letter queue`);
      assert.ok(source.RedrivePolicy.maxReceiveCount > 1, id);
      const deadLetters = source.RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"][0];
      assert.ok(queues.has(deadLetters));
      const timeout = new Map(functions).get(FunctionName.Ref)?.Timeout ?? Number.POSITIVE_INFINITY;
      assert.ok(source.VisibilityTimeout >= timeout, `${id}: ${source.VisibilityTimeout} s for ${timeout} s`);
      assert.deepEqual(FunctionResponseTypes, ["ReportBatchItemFailures"]);
      template.hasResourceProperties("AWS::CloudWatch::Alarm", {
        MetricName: "ApproximateNumberOfMessagesVisible",
        Dimensions: [{ Name: "QueueName", Value: { "Fn::GetAtt": [deadLetters, "QueueName"] } }],
        AlarmDescription: Match.stringLikeRegexp("Runbook: docs/operations/.+\\.md"),
      });
    }
  });

  test("the runbooks that alarms name are there", () => {
    const alarms = resources("AWS::CloudWatch::Alarm", z.looseObject({ AlarmDescription: z.string() }));
    for (const [id, { AlarmDescription }] of alarms) {
      const [path = ""] = /docs\/operations\/\S+\.md/.exec(AlarmDescription) ?? [];
      assert.ok(existsSync(join(import.meta.dirname, "../..", path)), `${id}: ${path || AlarmDescription}`);
    }
  });

  test("every function runs Node.js 24, on arm64 where its binaries allow, is traced and logs to a group that forgets", () => {
    const groups = new Map(resources("AWS::Logs::LogGroup", z.looseObject({ RetentionInDays: z.number().optional() })));
    assert.ok(own.length >= 4);
    for (const [id, { Runtime, Architectures, TracingConfig, LoggingConfig }] of own) {
      assert.equal(Runtime, "nodejs24.x", id);
      assert.deepEqual(Architectures, [/Worker/.test(id) ? "x86_64" : "arm64"], id);
      assert.equal(TracingConfig?.Mode, "Active", id);
      assert.ok(groups.has(LoggingConfig?.LogGroup.Ref ?? ""), id);
    }
    for (const [id, { RetentionInDays }] of groups)
      assert.ok(RetentionInDays !== undefined, `${id} keeps logs for ever`);
  });

  test("functions with DuckDB get its binding for their processor by a layer", () => {
    const layered = own.filter(([, { Layers }]) => Layers.length > 0);
    assert.equal(layered.length, 3);
    template.hasResourceProperties("AWS::Lambda::LayerVersion", { CompatibleArchitectures: ["arm64"] });
    const modules = readdirSync(outdir)
      .map((asset) => join(outdir, asset, "nodejs", "node_modules", "@duckdb"))
      .filter((folder) => existsSync(folder));
    assert.equal(modules.length, 2);
    const bindings = modules
      .flatMap((folder) => readdirSync(folder))
      .filter((name) => name.startsWith("node-bindings-"));
    assert.deepEqual(bindings.sort(), ["node-bindings-linux-arm64", "node-bindings-linux-x64"]);
  });

  test("every route needs a token of the issuer, but for health and the description of the API", () => {
    const routes = resources(
      "AWS::ApiGatewayV2::Route",
      z.looseObject({
        RouteKey: z.string(),
        AuthorizationType: z.string().optional(),
        AuthorizerId: z.unknown().optional(),
      }),
    );
    const isOpen = ([, route]: (typeof routes)[number]) =>
      route.AuthorizationType !== "JWT" || route.AuthorizerId === undefined;
    assert.deepEqual(
      routes
        .filter(isOpen)
        .map(([, { RouteKey }]) => RouteKey)
        .sort(),
      ["GET /api/health", "GET /api/openapi.json"],
    );
    assert.ok(routes.length > 2);
    template.allResourcesProperties("AWS::ApiGatewayV2::Authorizer", {
      AuthorizerType: "JWT",
      JwtConfiguration: { Audience: [cdkJson.context.audience], Issuer: cdkJson.context.issuer },
      IdentitySource: ["$request.header.Authorization"],
    });
  });

  test("the API is throttled and keeps an access log, without tokens", () => {
    template.allResourcesProperties("AWS::ApiGatewayV2::Stage", {
      DefaultRouteSettings: { ThrottlingBurstLimit: Match.anyValue(), ThrottlingRateLimit: Match.anyValue() },
      AccessLogSettings: {
        DestinationArn: Match.anyValue(),
        Format: Match.stringLikeRegexp("\\$context\\.requestId"),
      },
    });
    const stages = JSON.stringify(template.findResources("AWS::ApiGatewayV2::Stage"));
    assert.doesNotMatch(stages, /authorization|querystring|authorizer\.claims/i);
  });

  test("only the API, the bucket and the schedule may invoke functions", () => {
    const permissions = resources(
      "AWS::Lambda::Permission",
      z.looseObject({ Principal: z.string(), SourceArn: z.unknown().optional() }),
    );
    for (const [id, { Principal, SourceArn }] of permissions) {
      assert.match(Principal, /^(apigateway|events)\.amazonaws\.com$/, id);
      assert.notEqual(SourceArn, undefined, id);
    }
  });

  test("whatever makes charts, reports or room for files, or reads these knows what a workspace may use", () => {
    const limits = { charts: 10_000, reports: 500, modelTokens: 10_000_000, storedBytes: 100_000_000_000 };
    const told = own.filter(([, { Environment }]) => Environment?.Variables?.USAGE_LIMITS !== undefined);
    assert.equal(told.length, 5);
    for (const [id, { Environment }] of told)
      assert.deepEqual(JSON.parse(String(Environment?.Variables?.USAGE_LIMITS)), limits, id);
  });

  test("pictures have their canvas and fonts, for the processor of the function that draws them", () => {
    const folders = readdirSync(outdir).map((asset) => join(outdir, asset, "nodejs", "node_modules"));
    const canvas = folders.filter((folder) => existsSync(join(folder, "@napi-rs")));
    assert.equal(canvas.length, 1);
    const [folder = ""] = canvas;
    assert.ok(existsSync(join(folder, "@fontsource", "noto-sans", "unicode.json")));
    const native = readdirSync(join(folder, "@napi-rs")).filter((name) => name !== "canvas");
    assert.deepEqual(native, ["canvas-linux-arm64-gnu"]);
  });

  test("secrets have no value in the template, and survive the stack", () => {
    const secrets = Object.values(template.findResources("AWS::SecretsManager::Secret"));
    assert.equal(secrets.length, 2);
    for (const secret of secrets) {
      assert.equal(secret.Properties.SecretString, undefined);
      assert.equal(secret.Properties.GenerateSecretString, undefined);
      assert.equal(secret.DeletionPolicy, "Retain");
    }
    for (const [id, { Environment }] of own) {
      for (const [name, value] of Object.entries(Environment?.Variables ?? {})) {
        assert.doesNotMatch(JSON.stringify(value), /mongodb(\+srv)?:\/\/|sk-/, `${id}: ${name}`);
      }
    }
  });
});

suite("settings", () => {
  const settings = (context: Record<string, unknown>) => readSettings(new App({ context }).node);

  test("say which one is wrong", () => {
    assert.throws(() => settings({ ...cdkJson.context, platform: "arm64" }), /platform/);
    assert.throws(() => settings({ ...cdkJson.context, issuer: "issuer.example.com" }), /issuer/);
    assert.throws(() => settings({ ...cdkJson.context, siteOrigins: "" }), /siteOrigins/);
    assert.throws(() => settings({ ...cdkJson.context, openaiPrice: "cheap" }), /openaiPrice/);
    assert.throws(() => settings({ ...cdkJson.context, chartsPerMonth: "many" }), /chartsPerMonth/);
    assert.throws(() => settings({}), /platform.*issuer.*audience/s);
  });
});
