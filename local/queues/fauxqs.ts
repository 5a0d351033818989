import { type BuildAppOptions, buildApp } from "fauxqs";
import { z } from "zod";
import { StartError } from "../start-error.ts";

type Stores = NonNullable<BuildAppOptions["stores"]>;
type SqsStore = Stores["sqsStore"];
type Persistence = NonNullable<SqsStore["persistence"]>;

/** An SQS server that is not listening yet. */
export interface QueueStore {
  app: ReturnType<typeof buildApp>;
  sqs: SqsStore;
}

// `startFauxqs` listens on every interface of the machine. Its parts let us listen on loopback only, but the package
// does not export those that keep queues on disk.
const entry = import.meta.resolve("fauxqs");
const constructorOf = <T>() => z.custom<T>((value) => typeof value === "function");
const parts = {
  sqs: z.object({ SqsStore: constructorOf<new () => SqsStore>() }),
  sns: z.object({ SnsStore: constructorOf<new () => Stores["snsStore"]>() }),
  s3: z.object({ S3Store: constructorOf<new () => Stores["s3Store"]>() }),
  persistence: z.object({ PersistenceManager: constructorOf<new (dir: string) => Persistence>() }),
};

/** Opens the queues kept in `dir`, which is created if it is not there. */
export async function openQueueStore(dir: string): Promise<QueueStore> {
  const [{ SqsStore }, { SnsStore }, { S3Store }, { PersistenceManager }] = await Promise.all([
    load("./sqs/sqsStore.js", parts.sqs),
    load("./sns/snsStore.js", parts.sns),
    load("./s3/s3Store.js", parts.s3),
    load("./persistence.js", parts.persistence),
  ]);
  const stores: Stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  const sqs = stores.sqsStore;
  const persistence = openPersistence(PersistenceManager, dir, stores);
  sqs.persistence = persistence;
  for (const queue of sqs.allQueues()) {
    queue.persistence = persistence;
    // Whoever was working on these died with the runner. Nobody else can have them, so nobody has to wait for them.
    for (const entry of queue.inflightMessages.values()) entry.visibilityDeadline = 0;
  }

  const app = buildApp({ logger: false, stores });
  // The same server would also play S3 and SNS, in memory; a client that is misdirected here shall hear of it.
  app.addHook("onRequest", async (request, reply) => {
    if (request.method === "POST" && request.headers["content-type"]?.startsWith("application/x-amz-json-1.0")) return;
    await reply.code(400).send({ __type: "InvalidAction", message: "Only SQS is served at this address" });
  });
  app.addHook("onClose", async () => persistence.close());
  return { app, sqs };
}

function openPersistence(Manager: new (dir: string) => Persistence, dir: string, stores: Stores): Persistence {
  try {
    const persistence = new Manager(dir);
    persistence.loadSqsAndSns(stores.sqsStore, stores.snsStore);
    return persistence;
  } catch (cause) {
    throw new StartError(
      `The queues in ${dir} cannot be read (${cause}): restore the folder, or remove it to start without them`,
      { cause },
    );
  }
}

async function load<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await import(new URL(file, entry).href));
}
