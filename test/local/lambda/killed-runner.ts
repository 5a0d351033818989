import { startFunctions } from "../../../local/lambda/functions.ts";

// Starts an instance of `index.instance` in the folder given, prints its process id, and waits to be killed.
const [codeDir = "", tmpDir = ""] = process.argv.slice(2);
const { invoke } = await startFunctions({
  functions: [
    {
      name: "instance",
      arn: "arn:aws:lambda:eu-west-1:000000000000:function:instance",
      handler: "index.instance",
      codeDir,
      layerDirs: [],
      environment: {},
      memoryMb: 256,
      timeoutSeconds: 60,
      ephemeralStorageMb: 512,
      reservedConcurrency: undefined,
      asynchronousRetries: 2,
    },
  ],
  environment: {},
  tmpDir,
  log: ({ message }) => console.error(message),
});
const result = await invoke("instance", {});
console.log(result.outcome === "success" ? result.payload : result.error.errorMessage);
