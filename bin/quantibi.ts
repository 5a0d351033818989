import { App } from "aws-cdk-lib";
import { QuantibiStack } from "../lib/quantibi-stack.ts";
import { readSettings } from "../lib/settings.ts";

const app = new App();
new QuantibiStack(app, "QuantiBI", { settings: readSettings(app.node) });
