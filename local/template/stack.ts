import { z } from "zod";
import type { CloudAssembly, TemplateResource } from "./cloud-assembly.ts";
import { createResolver, type Resolver } from "./intrinsics.ts";
import { generatedId, generatedName, nameProperty, secretSuffix } from "./physical-names.ts";
import { isSupportedType } from "./resource-types.ts";
import { TemplateError } from "./template-error.ts";

export interface StackOptions {
  region: string;
  accountId: string;
  /** The URL at which a queue of this name is served. */
  sqsUrl(queueName: string): string;
}

/** A resource whose condition holds. */
export interface Resource {
  logicalId: string;
  type: string;
  /** Properties as the template has them, intrinsics and all. */
  raw: TemplateResource["Properties"];
}

/** The template's resources, with their properties resolved and checked on demand. */
export interface Stack {
  resources(type: string): Resource[];
  /** Its name, given or made up. */
  name(resource: Resource): string;
  /** What `Ref` gives: a name, a URL, an id or an ARN, depending on the type. */
  physicalId(resource: Resource): string;
  arn(resource: Resource): string;
  /** Resolves the properties that the schema names, and no others, and parses them. */
  read<T extends z.ZodRawShape>(resource: Resource, shape: T): z.infer<z.ZodObject<T>>;
  /** Throws if the resource sets one of these properties. */
  refuse(resource: Resource, ...properties: string[]): void;
  /** The resource of the type that has the ARN. Throws, naming `subject`, if there is none. */
  byArn(arn: string, subject: Resource, type: string): Resource;
  /** Whether a custom resource is handled by this function. */
  servesCustomResource(resource: Resource): boolean;
}

const serviceToken = z.object({ "Fn::GetAtt": z.array(z.string()) });

/** Resolves the template's references to this machine's names. Throws on a type that it cannot honour. */
export function openStack({ template, stackName }: CloudAssembly, options: StackOptions): Stack {
  const { region, accountId, sqsUrl } = options;
  const pseudoParameters = {
    "AWS::Region": region,
    "AWS::AccountId": accountId,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": stackName,
    "AWS::StackId": `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
  };
  const all = new Map(
    Object.entries(template.Resources).map(([logicalId, { Type, Properties }]): [string, Resource] => [
      logicalId,
      { logicalId, type: Type, raw: Properties },
    ]),
  );
  const resourceOf = (logicalId: string): Resource => {
    const resource = all.get(logicalId);
    if (resource === undefined) throw new TemplateError(logicalId, "is not in the template");
    return resource;
  };
  const resolver: Resolver = createResolver({
    template,
    pseudoParameters,
    physicalId: (logicalId) => physicalId(resourceOf(logicalId)),
    attribute: (logicalId, name) => attribute(resourceOf(logicalId), name),
  });

  function name(resource: Resource): string {
    const { logicalId, type, raw } = resource;
    const property = nameProperty(type);
    const explicit = property === undefined ? undefined : resolver.resolve(raw[property], logicalId);
    if (typeof explicit === "string") return explicit;
    const suffix = type === "AWS::SQS::Queue" && raw.FifoQueue === true ? ".fifo" : "";
    return generatedName(type, stackName, logicalId, suffix);
  }

  function arn(resource: Resource): string {
    const { logicalId, type } = resource;
    const regional = (service: string, id: string) => `arn:aws:${service}:${region}:${accountId}:${id}`;
    switch (type) {
      case "AWS::Lambda::Function":
        return regional("lambda", `function:${name(resource)}`);
      case "AWS::Lambda::LayerVersion":
        return regional("lambda", `layer:${generatedName(type, stackName, logicalId)}:1`);
      // Only the newest code is there to run, so every version and alias is that.
      case "AWS::Lambda::Version":
        return `${functionOfQualifier(resource)}:1`;
      case "AWS::Lambda::Alias":
        return `${functionOfQualifier(resource)}:${z.string().parse(resource.raw.Name)}`;
      case "AWS::SQS::Queue":
        return regional("sqs", name(resource));
      case "AWS::S3::Bucket":
        return `arn:aws:s3:::${name(resource)}`;
      case "AWS::Events::Rule":
        return regional("events", `rule/${name(resource)}`);
      case "AWS::Scheduler::Schedule":
        return regional("scheduler", `schedule/default/${name(resource)}`);
      case "AWS::SecretsManager::Secret":
        return regional("secretsmanager", `secret:${name(resource)}-${secretSuffix(stackName, logicalId)}`);
      case "AWS::IAM::Role":
        return `arn:aws:iam::${accountId}:role/${name(resource)}`;
      case "AWS::SNS::Topic":
        return regional("sns", name(resource));
      case "AWS::Logs::LogGroup":
        return regional("logs", `log-group:${name(resource)}:*`);
      default:
        throw new TemplateError(logicalId, `the ARN of ${type} has no counterpart on this machine`);
    }
  }

  function functionOfQualifier({ raw, logicalId }: Resource): string {
    const named = z.string().parse(resolver.resolve(raw.FunctionName, logicalId));
    return named.startsWith("arn:") ? named : `arn:aws:lambda:${region}:${accountId}:function:${named}`;
  }

  function physicalId(resource: Resource): string {
    const { logicalId, type } = resource;
    switch (type) {
      case "AWS::SQS::Queue":
        return sqsUrl(name(resource));
      case "AWS::SecretsManager::Secret":
      case "AWS::Lambda::LayerVersion":
      case "AWS::Lambda::Version":
      case "AWS::Lambda::Alias":
      case "AWS::SNS::Topic":
        return arn(resource);
      default:
        return type.startsWith("AWS::ApiGatewayV2::") ? generatedId(stackName, logicalId) : name(resource);
    }
  }

  function attribute(resource: Resource, attributeName: string): string {
    const { logicalId, type } = resource;
    switch (`${type}.${attributeName}`) {
      case "AWS::SQS::Queue.QueueName":
        return name(resource);
      case "AWS::SQS::Queue.QueueUrl":
        return sqsUrl(name(resource));
      case "AWS::ApiGatewayV2::Api.ApiId":
      case "AWS::ApiGatewayV2::Authorizer.AuthorizerId":
      case "AWS::SecretsManager::Secret.Id":
      case "AWS::SNS::Topic.TopicArn":
        return physicalId(resource);
    }
    if (attributeName === "Arn") return arn(resource);
    throw new TemplateError(logicalId, `attribute ${attributeName} of ${type} has no counterpart on this machine`);
  }

  const active = [...all.values()].filter(({ logicalId }) => {
    const condition = template.Resources[logicalId]?.Condition;
    return condition === undefined || resolver.condition(condition, logicalId);
  });
  for (const { logicalId, type } of active) {
    if (!isSupportedType(type)) {
      throw new TemplateError(logicalId, `${type} matters at run time and is not supported`);
    }
  }

  const serviceProviders = new Set(
    [...all.values()].map(({ raw }) => serviceToken.safeParse(raw.ServiceToken).data?.["Fn::GetAtt"][0]),
  );

  return {
    resources: (type) => active.filter((resource) => resource.type === type),
    name,
    physicalId,
    arn,
    read(resource, shape) {
      const values = Object.fromEntries(
        Object.keys(shape)
          .map((key): [string, unknown] => [key, resolver.resolve(resource.raw[key], resource.logicalId)])
          .filter(([, value]) => value !== undefined),
      );
      const parsed = z.object(shape).safeParse(values);
      if (parsed.success) return parsed.data;
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
      throw new TemplateError(resource.logicalId, `unsupported ${resource.type}: ${problems}`, { cause: parsed.error });
    },
    refuse({ logicalId, type, raw }, ...properties) {
      const property = properties.find((key) => raw[key] !== undefined);
      if (property !== undefined) throw new TemplateError(logicalId, `${property} of ${type} is not supported`);
    },
    byArn(wanted, subject, type) {
      const found = active.find((resource) => resource.type === type && arn(resource) === wanted);
      if (found !== undefined) return found;
      throw new TemplateError(subject.logicalId, `refers to ${wanted}, which no ${type} of this stack has`);
    },
    servesCustomResource: ({ logicalId }) => serviceProviders.has(logicalId),
  };
}
