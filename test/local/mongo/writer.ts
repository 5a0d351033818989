import { startMongo } from "../../../local/mongo/index.ts";

// A process of its own that serves the file it is given, to be killed.
const [file = ""] = process.argv.slice(2);
const { uri } = await startMongo({ file });
process.stdout.write(`${uri}\n`);
