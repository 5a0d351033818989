import { Annotations, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { Api } from "./api.ts";
import { Charts } from "./charts.ts";
import { DuckDbLayer } from "./duckdb-layer.ts";
import { Ingest } from "./ingest.ts";
import { Reports } from "./reports.ts";
import { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { Storage } from "./storage.ts";

export interface QuantibiStackProps extends StackProps {
  readonly settings: Settings;
}

/** All of QuantiBI: one stack, made of one construct per capability. */
export class QuantibiStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: QuantibiStackProps) {
    super(scope, id, { description: "QuantiBI: serverless, self-hosted business intelligence", ...props });
    if (new URL(settings.issuer).hostname.endsWith(".invalid")) {
      Annotations.of(this).addWarningV2(
        "quantibi:issuer",
        "No issuer given: to deploy, add -c issuer=https://… -c audience=… -c siteOrigins=https://…",
      );
    }
    const storage = new Storage(this, "Storage", { siteOrigins: settings.siteOrigins });
    const secrets = new Secrets(this, "Secrets");
    const duckDb = new DuckDbLayer(this, "DuckDb", { platform: settings.platform });
    const ingest = new Ingest(this, "Ingest", { storage, secrets, duckDb, settings });
    const charts = new Charts(this, "Charts", { storage, secrets, duckDb, settings });
    const reports = new Reports(this, "Reports", { storage, secrets, duckDb, settings });
    const api = new Api(this, "Api", { storage, ingest, secrets, settings, architecture: duckDb.architecture });
    api.routeCharts(charts.function);
    api.routeReports(reports.api);

    new CfnOutput(this, "ApiUrl", { value: api.url });
    new CfnOutput(this, "MongodbSecretName", { value: secrets.mongodbUri.secretName });
    new CfnOutput(this, "OpenaiSecretName", { value: secrets.openaiKey.secretName });
  }
}
