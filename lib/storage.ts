import { Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  EventType,
  HttpMethods,
  type IBucketNotificationDestination,
  StorageClass,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { environment } from "../functions/shared/environment.ts";
import { objectPrefixes, uploadSuffix } from "../functions/shared/object-keys.ts";

export interface StorageProps {
  /** Origins from which a browser may upload and download. */
  readonly siteOrigins: string[];
}

/** The bucket with uploads, their Parquet and what is made from them. */
export class Storage extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { siteOrigins }: StorageProps) {
    super(scope, id);
    // A role of our own for CDK's handler that sets bucket notifications: the default one may do so to every bucket.
    const notificationsHandlerRole = new Role(this, "NotificationsRole", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      notificationsHandlerRole,
      cors: [
        {
          allowedOrigins: siteOrigins,
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.POST],
          allowedHeaders: ["*"],
          exposedHeaders: ["ETag"],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        {
          id: "tier-files",
          prefix: objectPrefixes.files,
          transitions: [{ storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
        },
        { id: "expire-temporary", prefix: objectPrefixes.temp, expiration: Duration.days(1) },
        { id: "abort-incomplete-uploads", abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    notificationsHandlerRole.addToPolicy(
      new PolicyStatement({ actions: ["s3:PutBucketNotification"], resources: [this.bucket.bucketArn] }),
    );
  }

  /** Tells `destination` of each finished upload, and of nothing that functions write themselves. */
  onUploaded(destination: IBucketNotificationDestination): void {
    this.bucket.addEventNotification(EventType.OBJECT_CREATED, destination, {
      prefix: objectPrefixes.files,
      suffix: uploadSuffix,
    });
  }

  grantRead(fn: LambdaFunction): void {
    this.grantGet(fn, objectPrefixes.files);
  }

  grantWrite(fn: LambdaFunction): void {
    this.bucket.grantPut(fn, `${objectPrefixes.files}*`);
    this.name(fn);
  }

  grantDelete(fn: LambdaFunction): void {
    this.grantDeleteBelow(fn, objectPrefixes.files);
  }

  grantReadReports(fn: LambdaFunction): void {
    this.grantGet(fn, objectPrefixes.reports);
  }

  grantListReports(fn: LambdaFunction): void {
    this.grantList(fn, objectPrefixes.reports);
  }

  grantWriteReports(fn: LambdaFunction): void {
    this.bucket.grantPut(fn, `${objectPrefixes.reports}*`);
    this.name(fn);
  }

  grantDeleteReports(fn: LambdaFunction): void {
    this.grantDeleteBelow(fn, objectPrefixes.reports);
  }

  /** Not the bucket's own grantRead, which would also let the function list everything in it. */
  private grantGet(fn: LambdaFunction, prefix: string): void {
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ["s3:GetObject"], resources: [this.bucket.arnForObjects(`${prefix}*`)] }),
    );
    this.grantList(fn, prefix);
    this.name(fn);
  }

  private grantDeleteBelow(fn: LambdaFunction, prefix: string): void {
    this.bucket.grantDelete(fn, `${prefix}*`);
    this.grantList(fn, prefix);
    this.name(fn);
  }

  /** To see what is there; without it S3 says of a missing object that access is denied, not that there is none. */
  private grantList(fn: LambdaFunction, prefix: string): void {
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ["s3:ListBucket"],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { "s3:prefix": `${prefix}*` } },
      }),
    );
  }

  private name(fn: LambdaFunction): void {
    fn.addEnvironment(environment.bucketName, this.bucket.bucketName);
  }
}
