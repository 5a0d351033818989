import { Duration } from "aws-cdk-lib";
import { Construct } from "constructs";
import { CanvasLayer } from "./canvas-layer.ts";
import type { DuckDbLayer } from "./duckdb-layer.ts";
import { grantModel } from "./model.ts";
import { QuantibiFunction } from "./quantibi-function.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Storage } from "./storage.ts";
import { tellUsageLimits } from "./usage.ts";

export interface ChartsProps {
  readonly storage: Storage;
  readonly secrets: Secrets;
  readonly duckDb: DuckDbLayer;
  readonly settings: Settings;
}

/** Plans and runs queries: everything of the API that reads a dataset's rows. */
export class Charts extends Construct {
  readonly function: QuantibiFunction;

  constructor(scope: Construct, id: string, { storage, secrets, duckDb, settings }: ChartsProps) {
    super(scope, id);
    const canvas = new CanvasLayer(this, "Canvas", { platform: settings.platform, duckDb });
    this.function = new QuantibiFunction(this, "Function", {
      description: "Answers questions with charts and shows rows",
      capability: "charts",
      processes: ["query/query-process.ts"],
      architecture: duckDb.architecture,
      duckDb,
      layers: [canvas.layer],
      // At 1,769 MB a function has one full processor; more memory brings the second.
      memoryMb: 3008,
      // One less than API Gateway waits, so that the function's own answer is the one that arrives.
      timeout: Duration.seconds(29),
      ephemeralStorageMb: 5120,
    });
    tellUsageLimits(this.function, settings);
    storage.grantRead(this.function);
    secrets.grantMongodb(this.function);
    grantModel(this.function, { secrets, settings });
  }
}
