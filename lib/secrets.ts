import { RemovalPolicy, Stack } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSecret, type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";

/**
 * What must not stand in a template. The stack makes the secrets without a value; the person who deploys sets them with
 * `aws secretsmanager put-secret-value`, and may leave the model's key unset.
 */
export class Secrets extends Construct {
  readonly mongodbUri: ISecret;
  readonly openaiKey: ISecret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.mongodbUri = this.secret("MONGODB_URI", "Connection string of the MongoDB database");
    this.openaiKey = this.secret(
      "OPENAI_API_KEY",
      "API key of the language model; without it the offline planner answers",
    );
  }

  grantMongodb(fn: LambdaFunction): void {
    this.mongodbUri.grantRead(fn);
    fn.addEnvironment(environment.mongodbSecret, this.mongodbUri.secretArn);
  }

  grantOpenai(fn: LambdaFunction): void {
    this.openaiKey.grantRead(fn);
    fn.addEnvironment(environment.openaiSecret, this.openaiKey.secretArn);
  }

  private secret(name: string, description: string): ISecret {
    // The L1 construct, because the L2 one fills a secret with random characters, which would pass for a value.
    const secret = new CfnSecret(this, name, { name: `${Stack.of(this).stackName}/${name}`, description });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return Secret.fromSecretCompleteArn(this, `${name}Reference`, secret.ref);
  }
}
