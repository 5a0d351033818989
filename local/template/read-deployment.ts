import { z } from "zod";
import { readBuckets } from "./buckets.ts";
import { readCloudAssembly } from "./cloud-assembly.ts";
import type { Deployment } from "./deployment.ts";
import { readFunctions } from "./functions.ts";
import { readHttpApi } from "./http-api.ts";
import { readEventSources, readQueues } from "./queues.ts";
import { readSchedules } from "./schedules.ts";
import { openStack, type Stack, type StackOptions } from "./stack.ts";
import { TemplateError } from "./template-error.ts";

/**
 * Reads what `cdk synth` wrote to `cdkOutDir` into what there is to run. Throws a `TemplateError`, which names the
 * logical id, for anything that AWS would refuse, that leads nowhere, or that this runner cannot honour.
 */
export function readDeployment(cdkOutDir: string, options: StackOptions): Deployment {
  const assembly = readCloudAssembly(cdkOutDir);
  const stack = openStack(assembly, options);
  refuseSubscriptions(stack);
  const functions = readFunctions(stack, assembly);
  const queues = readQueues(stack);
  return {
    functions,
    api: readHttpApi(stack),
    queues,
    eventSources: readEventSources(stack, queues, functions),
    buckets: readBuckets(stack),
    schedules: readSchedules(stack),
    secrets: stack
      .resources("AWS::SecretsManager::Secret")
      .map((resource) => ({ name: stack.name(resource), arn: stack.arn(resource) })),
  };
}

/** Alarms may be mailed to people; a topic that feeds a function or a queue would be part of the system. */
function refuseSubscriptions(stack: Stack): void {
  for (const resource of stack.resources("AWS::SNS::Subscription")) {
    const { Protocol } = stack.read(resource, { Protocol: z.string() });
    if (!/^(email|email-json|sms|https?)$/.test(Protocol)) {
      throw new TemplateError(resource.logicalId, `AWS::SNS::Subscription of protocol ${Protocol} is not supported`);
    }
  }
}
