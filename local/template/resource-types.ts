/** Types that the readers beside this file play. */
const PLAYED = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::Events::Rule",
  "AWS::Lambda::Alias",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::Lambda::LayerVersion",
  "AWS::Lambda::Version",
  "AWS::S3::Bucket",
  "AWS::SNS::Subscription",
  "AWS::SQS::Queue",
  "AWS::Scheduler::Schedule",
  "AWS::SecretsManager::Secret",
  "Custom::S3BucketNotifications",
]);

/** Types, or families of types, without an effect on this machine while the system runs. */
const WITHOUT_EFFECT = [
  // Who may do what; everything here runs as the one user of this machine.
  /^AWS::IAM::/,
  /^AWS::KMS::(Key|Alias)$/,
  /^AWS::Lambda::(Permission|LayerVersionPermission)$/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::SNS::TopicPolicy$/,
  /^AWS::SecretsManager::(ResourcePolicy|SecretTargetAttachment)$/,
  /^AWS::WAFv2::/,
  // Watching.
  /^AWS::Logs::/,
  /^AWS::CloudWatch::/,
  /^AWS::XRay::/,
  /^AWS::ApplicationInsights::/,
  /^AWS::Budgets::/,
  // A topic alone does nothing; subscriptions other than by people are refused.
  /^AWS::SNS::Topic$/,
  // Other parts of the runner stand in: the local issuer, the gateway that serves the site, the local database.
  /^AWS::Cognito::/,
  /^AWS::CloudFront::/,
  /^AWS::DocDB::/,
  // Names and networks.
  /^AWS::ApiGatewayV2::(ApiMapping|DomainName)$/,
  /^AWS::CertificateManager::/,
  /^AWS::EC2::/,
  /^AWS::Route53::/,
  /^AWS::Scheduler::ScheduleGroup$/,
  // Work while deploying only.
  /^AWS::CDK::Metadata$/,
  /^AWS::CloudFormation::(CustomResource|WaitConditionHandle)$/,
  /^Custom::/,
];

/** Whether the runner honours the type, by playing it or because there is nothing to play. */
export function isSupportedType(type: string): boolean {
  return PLAYED.has(type) || WITHOUT_EFFECT.some((pattern) => pattern.test(type));
}
