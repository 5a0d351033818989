import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";
import type { QuantibiFunction } from "./quantibi-function.ts";

export interface WorkQueueProps {
  /** How long its worker may take for one message. */
  readonly workTimeout: Duration;
  /** The variable by which functions know its URL. */
  readonly urlVariable: string;
  /** What has happened when the alarm goes off, and the page that says what to do. */
  readonly alarmDescription: string;
}

const maxReceiveCount = 4;

/** A queue whose messages are worked on one at a time, with a queue and an alarm for those that fail every time. */
export class WorkQueue extends Queue {
  private readonly urlVariable: string;

  constructor(scope: Construct, id: string, { workTimeout, urlVariable, alarmDescription }: WorkQueueProps) {
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    const deadLetters = new Queue(scope, "DeadLetters", { ...safe, retentionPeriod: Duration.days(14) });
    super(scope, id, {
      ...safe,
      // Longer than one attempt, which Lambda asks for, so that no message is worked on twice at a time; workers shorten it.
      visibilityTimeout: workTimeout.plus(Duration.minutes(1)),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount },
    });
    this.urlVariable = urlVariable;
    new Alarm(scope, "DeadLettersAlarm", {
      alarmDescription,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Lets `fn` send messages. */
  grantSend(fn: QuantibiFunction): void {
    this.grantSendMessages(fn);
    fn.addEnvironment(this.urlVariable, this.queueUrl);
  }

  /** Gives each message to `worker`, one per invocation: a large one takes minutes and must not hold up others. */
  workedOnBy(worker: QuantibiFunction): void {
    worker.addEnvironment(environment.maxReceiveCount, String(maxReceiveCount));
    worker.addEnvironment(this.urlVariable, this.queueUrl);
    worker.addEventSource(
      new SqsEventSource(this, { batchSize: 1, reportBatchItemFailures: true, maxConcurrency: 10 }),
    );
  }
}
