import { startObjectStorage } from "../../../local/storage/index.ts";
import { bucketSpec, CREDENTIALS, REGION } from "./running-storage.ts";

// A storage whose receiver never accepts an event, to be killed by the test that started it.
const [dir = ""] = process.argv.slice(2);
const { url } = await startObjectStorage({
  dir,
  region: REGION,
  credentials: CREDENTIALS,
  buckets: [bucketSpec()],
  onObjectCreated: ({ key }) => {
    process.send?.({ created: key });
    return new Promise(() => undefined);
  },
});
process.send?.({ url });
