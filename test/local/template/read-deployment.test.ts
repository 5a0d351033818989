import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  aws_apigatewayv2 as apigateway,
  aws_apigatewayv2_authorizers as authorizers,
  CfnCondition,
  CfnMapping,
  CfnOutput,
  Duration,
  aws_dynamodb as dynamodb,
  aws_lambda_event_sources as eventSources,
  aws_events as events,
  Fn,
  aws_apigatewayv2_integrations as integrations,
  aws_lambda as lambda,
  aws_s3_notifications as notifications,
  RemovalPolicy,
  Size,
  aws_s3 as s3,
  aws_scheduler as scheduler,
  aws_scheduler_targets as schedulerTargets,
  aws_secretsmanager as secretsmanager,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_sns_subscriptions as subscriptions,
  aws_events_targets as targets,
} from "aws-cdk-lib";
import type { Deployment, FunctionSpec } from "../../../local/template/deployment.ts";
import { readDeployment } from "../../../local/template/read-deployment.ts";
import { TemplateError } from "../../../local/template/template-error.ts";
import { assetDir, functionIn, options, synthesize, synthesizeWithApi } from "./synthesize.ts";

const root = mkdtempSync(join(tmpdir(), "template-test-"));
after(() => rmSync(root, { recursive: true }));

const arn = (service: string, id: string) => `arn:aws:${service}:eu-west-1:000000000000:${id}`;

/** A stack with everything that can be played. */
function shop(): string {
  return synthesize(root, (stack) => {
    const layer = new lambda.LayerVersion(stack, "Engine", {
      code: lambda.Code.fromAsset(assetDir(root, { "nodejs/node_modules/engine/index.js": "" })),
    });
    const secret = new secretsmanager.Secret(stack, "Key");
    const dead = new sqs.Queue(stack, "Dead", { retentionPeriod: Duration.days(14) });
    const queue = new sqs.Queue(stack, "Orders", {
      queueName: "orders",
      visibilityTimeout: Duration.seconds(60),
      deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
    });
    const bucket = new s3.Bucket(stack, "Uploads", {
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
      cors: [
        {
          allowedOrigins: ["https://shop.example"],
          allowedMethods: [s3.HttpMethods.POST],
          exposedHeaders: ["ETag"],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        { prefix: "temp/", expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) },
        {
          prefix: "files/",
          transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
        },
        { prefix: "off/", expiration: Duration.days(2), enabled: false },
      ],
    });
    const web = functionIn(root, stack, "Web", {
      functionName: "web",
      layers: [layer],
      memorySize: 512,
      timeout: Duration.seconds(29),
      ephemeralStorageSize: Size.mebibytes(1024),
      reservedConcurrentExecutions: 4,
      retryAttempts: 0,
      environment: {
        QUEUE_URL: queue.queueUrl,
        BUCKET: bucket.bucketName,
        SECRET: secret.secretArn,
        QUEUE_ARN: queue.queueArn,
      },
    });
    const worker = functionIn(root, stack, "Worker");
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(queue), {
      prefix: "files/",
      suffix: ".csv",
    });
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED_PUT, new notifications.LambdaDestination(worker), {
      prefix: "images/",
    });
    worker.addEventSource(
      new eventSources.SqsEventSource(queue, {
        batchSize: 5,
        maxBatchingWindow: Duration.seconds(2),
        reportBatchItemFailures: true,
        maxConcurrency: 2,
      }),
    );
    const api = new apigateway.HttpApi(stack, "Api", {
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ["https://shop.example"],
        allowMethods: [apigateway.CorsHttpMethod.GET],
        allowHeaders: ["authorization"],
        exposeHeaders: ["etag"],
        maxAge: Duration.minutes(10),
      },
      defaultAuthorizer: new authorizers.HttpJwtAuthorizer("Jwt", "https://issuer.example", { jwtAudience: ["shop"] }),
    });
    api.addStage("Stage", { stageName: "$default", autoDeploy: true, throttle: { rateLimit: 50, burstLimit: 100 } });
    const integration = new integrations.HttpLambdaIntegration("WebIntegration", web, {
      timeout: Duration.seconds(20),
    });
    api.addRoutes({ path: "/api/{proxy+}", methods: [apigateway.HttpMethod.ANY], integration });
    api.addRoutes({
      path: "/api/health",
      methods: [apigateway.HttpMethod.GET],
      integration: new integrations.HttpLambdaIntegration("HealthIntegration", web.currentVersion),
      authorizer: new apigateway.HttpNoneAuthorizer(),
    });
    new events.Rule(stack, "Nightly", {
      schedule: events.Schedule.cron({ minute: "0", hour: "3" }),
      targets: [new targets.LambdaFunction(worker)],
    });
    new events.Rule(stack, "Never", {
      enabled: false,
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [new targets.LambdaFunction(worker)],
    });
    new scheduler.Schedule(stack, "Often", {
      schedule: scheduler.ScheduleExpression.rate(Duration.minutes(5)),
      target: new schedulerTargets.LambdaInvoke(worker, {
        input: scheduler.ScheduleTargetInput.fromObject({ job: "sweep" }),
      }),
    });
    const alarms = new sns.Topic(stack, "Alarms");
    alarms.addSubscription(new subscriptions.EmailSubscription("someone@shop.example"));
  });
}

describe("a synthesized stack", () => {
  let assembly: string;
  let deployment: Deployment;
  const named = (name: RegExp): FunctionSpec => {
    const found = deployment.functions.find((candidate) => name.test(candidate.name));
    assert.ok(found, `a function ${name}`);
    return found;
  };
  before(() => {
    assembly = shop();
    deployment = readDeployment(assembly, options);
  });

  test("has its functions, and not those that CDK needs while deploying", () => {
    assert.deepEqual(
      deployment.functions.map(({ name }) => name.replace(/-.*/, "")),
      ["web", "Shop"],
    );
    const { codeDir, layerDirs, environment, ...web } = named(/^web$/);
    assert.deepEqual(web, {
      name: "web",
      arn: arn("lambda", "function:web"),
      handler: "index.handler",
      memoryMb: 512,
      timeoutSeconds: 29,
      ephemeralStorageMb: 1024,
      reservedConcurrency: 4,
      asynchronousRetries: 0,
    });
    assert.match(readFileSync(join(codeDir, "index.js"), "utf8"), /"Web"/);
    assert.equal(layerDirs.length, 1);
    readFileSync(join(layerDirs[0] ?? "", "nodejs/node_modules/engine/index.js"));
    assert.deepEqual(environment, {
      QUEUE_URL: "http://127.0.0.1:9324/000000000000/orders",
      QUEUE_ARN: arn("sqs", "orders"),
      BUCKET: deployment.buckets[0]?.name,
      SECRET: deployment.secrets[0]?.arn,
    });
    const worker = named(/Worker/);
    assert.deepEqual(
      [
        worker.memoryMb,
        worker.timeoutSeconds,
        worker.ephemeralStorageMb,
        worker.reservedConcurrency,
        worker.asynchronousRetries,
      ],
      [128, 3, 512, undefined, 2],
    );
  });

  test("has names as CloudFormation makes them, the same in every run", () => {
    assert.match(named(/Worker/).name, /^Shop-Worker[0-9A-F]{8}-[0-9A-F]{12}$/);
    assert.match(deployment.buckets[0]?.name ?? "", /^shop-uploads[0-9a-f]{8}-[0-9a-f]{12}$/);
    assert.match(
      deployment.secrets[0]?.arn ?? "",
      /^arn:aws:secretsmanager:eu-west-1:000000000000:secret:Key.+-\w{6}$/,
    );
    assert.deepEqual(readDeployment(assembly, options), deployment);
  });

  test("has its API with routes, authorizer, CORS and throttling", () => {
    const { id, routes, ...api } = deployment.api;
    assert.match(id, /^[a-z0-9]{10}$/);
    assert.deepEqual(api, {
      stage: "$default",
      cors: {
        allowedOrigins: ["https://shop.example"],
        allowedMethods: ["GET"],
        allowedHeaders: ["authorization"],
        exposedHeaders: ["etag"],
        maxAgeSeconds: 600,
      },
      throttling: { rateLimit: 50, burstLimit: 100 },
    });
    assert.deepEqual(routes, [
      {
        routeKey: "ANY /api/{proxy+}",
        functionName: "web",
        timeoutMs: 20_000,
        authorizer: { issuer: "https://issuer.example", audience: ["shop"] },
      },
      { routeKey: "GET /api/health", functionName: "web", timeoutMs: 30_000, authorizer: undefined },
    ]);
  });

  test("has its queues, and the event source between queue and function", () => {
    const [dead, orders] = deployment.queues;
    assert.equal(dead?.retentionSeconds, 14 * 24 * 3600);
    assert.deepEqual(orders, {
      name: "orders",
      arn: arn("sqs", "orders"),
      visibilityTimeoutSeconds: 60,
      retentionSeconds: 345_600,
      deadLetter: { queueArn: dead?.arn, maxReceiveCount: 3 },
    });
    assert.deepEqual(deployment.eventSources, [
      {
        queueName: "orders",
        functionName: named(/Worker/).name,
        batchSize: 5,
        batchingWindowSeconds: 2,
        reportBatchItemFailures: true,
        maximumConcurrency: 2,
      },
    ]);
  });

  test("has its bucket with CORS, expirations and notifications", () => {
    const [bucket] = deployment.buckets;
    assert.deepEqual(bucket?.cors, [
      {
        allowedOrigins: ["https://shop.example"],
        allowedMethods: ["POST"],
        allowedHeaders: [],
        exposedHeaders: ["ETag"],
        maxAgeSeconds: 3600,
      },
    ]);
    assert.deepEqual(bucket.expirations, [{ prefix: "temp/", days: 1 }]);
    assert.deepEqual(bucket.notifications, [
      {
        events: ["s3:ObjectCreated:*"],
        prefix: "files/",
        suffix: ".csv",
        target: { kind: "queue", queueName: "orders" },
      },
      {
        events: ["s3:ObjectCreated:Put"],
        prefix: "images/",
        suffix: "",
        target: { kind: "function", functionName: named(/Worker/).name },
      },
    ]);
  });

  test("has its enabled schedules", () => {
    assert.deepEqual(
      deployment.schedules.map(({ expression, functionName, input }) => ({ expression, functionName, input })),
      [
        { expression: "cron(0 3 * * ? *)", functionName: named(/Worker/).name, input: undefined },
        { expression: "rate(5 minutes)", functionName: named(/Worker/).name, input: { job: "sweep" } },
      ],
    );
    assert.deepEqual(
      deployment.schedules.map((schedule) => schedule.arn.split(":").slice(2, 3)[0]),
      ["events", "scheduler"],
    );
  });
});

test("conditions, mappings and string functions are evaluated", () => {
  const assembly = synthesizeWithApi(root, (stack) => {
    const isThere = new CfnCondition(stack, "IsThere", { expression: Fn.conditionEquals(stack.region, "eu-west-1") });
    const isElsewhere = new CfnCondition(stack, "IsElsewhere", {
      expression: Fn.conditionAnd(Fn.conditionNot(isThere), Fn.conditionOr(isThere, isThere)),
    });
    const mapping = new CfnMapping(stack, "Sizes", { mapping: { "eu-west-1": { size: "big" } }, lazy: false });
    new sqs.CfnQueue(stack, "Here").cfnOptions.condition = isThere;
    const gone = new sqs.CfnQueue(stack, "Gone");
    gone.cfnOptions.condition = isElsewhere;
    new CfnOutput(stack, "Ignored", { value: Fn.importValue("SomewhereElse") });
    functionIn(root, stack, "Fn", {
      environment: {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own syntax.
        SUB: Fn.sub("${AWS::StackName}/${Here.QueueName}/${Word}/${!Literal}", { Word: Fn.ref("AWS::Partition") }),
        IF: Fn.conditionIf("IsThere", "yes", "no").toString(),
        UNLESS: Fn.conditionIf("IsElsewhere", "yes", Fn.ref("AWS::NoValue")).toString(),
        MAP: mapping.findInMap(stack.region, "size"),
        PART: Fn.select(1, Fn.split("-", stack.region)),
        BASE64: Fn.base64("abc"),
        SUFFIX: stack.urlSuffix,
      },
    });
  });
  const { functions, queues } = readDeployment(assembly, options);
  assert.deepEqual(
    queues.map(({ name }) => name.split("-")[1]),
    ["Here"],
  );
  const { SUB, ...rest } = functions[0]?.environment ?? {};
  assert.match(SUB ?? "", /^Shop\/Shop-Here-[0-9A-F]{12}\/aws\/\$\{Literal\}$/);
  assert.deepEqual(rest, { IF: "yes", MAP: "big", PART: "west", BASE64: "YWJj", SUFFIX: "amazonaws.com" });
});

describe("a stack is refused, by logical id,", () => {
  const refused: [string, Parameters<typeof synthesizeWithApi>[1], RegExp][] = [
    [
      "when a queue's visibility timeout is below its function's timeout",
      (stack) => {
        const queue = new sqs.Queue(stack, "Queue", { visibilityTimeout: Duration.seconds(30) });
        const worker = functionIn(root, stack, "Worker", { timeout: Duration.seconds(31) });
        worker.addEventSource(new eventSources.SqsEventSource(queue));
      },
      /^WorkerSqsEventSource\w+: the queue's visibility timeout of 30 s is less than the function's timeout of 31 s$/,
    ],
    [
      "when a notification goes to a queue of another stack",
      (stack) => {
        const foreign = sqs.Queue.fromQueueArn(stack, "Foreign", arn("sqs", "foreign"));
        new s3.Bucket(stack, "Bucket").addEventNotification(
          s3.EventType.OBJECT_CREATED,
          new notifications.SqsDestination(foreign),
        );
      },
      /^BucketNotifications\w+: refers to arn:aws:sqs:eu-west-1:000000000000:foreign, which no AWS::SQS::Queue/,
    ],
    [
      "when a route leads to a function of another stack",
      (stack, api) => {
        const foreign = lambda.Function.fromFunctionArn(stack, "Foreign", arn("lambda", "function:foreign"));
        api.addRoutes({ path: "/x", integration: new integrations.HttpLambdaIntegration("Integration", foreign) });
      },
      /^Api\w+: refers to arn:aws:lambda:eu-west-1:000000000000:function:foreign, which is no function of this stack$/,
    ],
    [
      "when a route leads to a function that does not run on Node.js",
      (stack, api) => {
        const python = functionIn(root, stack, "Python", { runtime: lambda.Runtime.PYTHON_3_13 });
        api.addRoutes({ path: "/x", integration: new integrations.HttpLambdaIntegration("Integration", python) });
      },
      /refers to Python\w+, which does not run on Node\.js$/,
    ],
    [
      "when a route has no integration",
      (stack, api) => {
        new apigateway.CfnRoute(stack, "Route", { apiId: api.apiId, routeKey: "GET /x", target: "integrations/none" });
      },
      /^Route: GET \/x leads to integrations\/none/,
    ],
    [
      "when it has a table",
      (stack) => {
        new dynamodb.Table(stack, "Table", { partitionKey: { name: "id", type: dynamodb.AttributeType.STRING } });
      },
      /^Table\w+: AWS::DynamoDB::Table matters at run time and is not supported$/,
    ],
    [
      "when a topic feeds a function",
      (stack) => {
        new sns.Topic(stack, "Topic").addSubscription(
          new subscriptions.LambdaSubscription(functionIn(root, stack, "Fn")),
        );
      },
      /: AWS::SNS::Subscription of protocol lambda is not supported$/,
    ],
    [
      "when a queue is FIFO",
      (stack) => {
        new sqs.Queue(stack, "Queue", { fifo: true });
      },
      /^Queue\w+: FifoQueue of AWS::SQS::Queue is not supported$/,
    ],
    [
      "when a rule has a pattern",
      (stack) => {
        new events.Rule(stack, "Rule", {
          eventPattern: { source: ["aws.s3"] },
          targets: [new targets.LambdaFunction(functionIn(root, stack, "Fn"))],
        });
      },
      /^Rule\w+: EventPattern of AWS::Events::Rule is not supported$/,
    ],
    [
      "when a schedule is malformed",
      (stack) => {
        new events.Rule(stack, "Rule", {
          schedule: events.Schedule.expression("cron(0 3 * * * *)"),
          targets: [new targets.LambdaFunction(functionIn(root, stack, "Fn"))],
        });
      },
      /^Rule\w+: unsupported AWS::Events::Rule: ScheduleExpression: .*must have \?/,
    ],
    [
      "when a variable is resolved only by a deployment",
      (stack) => {
        functionIn(root, stack, "Fn", { environment: { KEY: "{{resolve:secretsmanager:key}}" } });
      },
      /^Fn\w+: variable KEY is a dynamic reference/,
    ],
    [
      "when a variable is imported from another stack",
      (stack) => {
        functionIn(root, stack, "Fn", { environment: { KEY: Fn.importValue("key") } });
      },
      /^Fn\w+: Fn::ImportValue is not supported$/,
    ],
    [
      "when a variable refers to a resource whose condition does not hold",
      (stack) => {
        const queue = new sqs.CfnQueue(stack, "Queue");
        queue.cfnOptions.condition = new CfnCondition(stack, "Never", { expression: Fn.conditionEquals("a", "b") });
        functionIn(root, stack, "Fn", { environment: { QUEUE: queue.ref } });
      },
      /^Fn\w+: refers to Queue, whose condition Never does not hold$/,
    ],
    [
      "when a variable is an attribute without a counterpart here",
      (stack) => {
        functionIn(root, stack, "Fn", { environment: { URL: new s3.Bucket(stack, "Bucket").bucketWebsiteUrl } });
      },
      /^Bucket\w+: attribute WebsiteURL of AWS::S3::Bucket has no counterpart on this machine$/,
    ],
    [
      "when code is an archive",
      (stack) => {
        const zip = join(assetDir(root, { "code.zip": "PK" }), "code.zip");
        functionIn(root, stack, "Fn", { code: lambda.Code.fromAsset(zip) });
      },
      /^Fn\w+: its asset .*\.zip is not a folder/,
    ],
    [
      "when code is inline",
      (stack) => {
        functionIn(root, stack, "Fn", { code: lambda.Code.fromInline("exports.handler = async () => {};") });
      },
      /^Fn\w+: unsupported AWS::Lambda::Function: .*only code from assets is supported/,
    ],
  ];
  for (const [when, declare, message] of refused) {
    test(when, () => {
      const assembly = synthesizeWithApi(root, declare);
      assert.throws(
        () => readDeployment(assembly, options),
        (error: unknown) => {
          assert.ok(error instanceof TemplateError, String(error));
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  test("or by its folder when nothing was synthesized there", () => {
    const empty = assetDir(root, {});
    assert.throws(
      () => readDeployment(empty, options),
      /manifest\.json: cannot be read; has the app been synthesized\?$/,
    );
  });
});
