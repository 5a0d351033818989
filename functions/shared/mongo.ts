import mongoose from "mongoose";
import { Unavailable } from "./errors.ts";
import { readSecret } from "./secrets.ts";

const options = {
  // An unreachable database must become an answer before API Gateway gives up.
  serverSelectionTimeoutMS: 4_000,
  socketTimeoutMS: 20_000,
  // One invocation at a time uses the process.
  maxPoolSize: 4,
  bufferCommands: false,
  // Otherwise mongoose begins this on its own with every attempt to connect, and what a failed attempt has left waiting
  // runs into the next one.
  autoCreate: false,
  autoIndex: false,
} satisfies mongoose.ConnectOptions;

let connected: Promise<void> | undefined;

/**
 * Connects this process to MongoDB, once, and makes sure of the models' indexes; later calls wait for the same
 * connection, and a failed one is tried anew. Throws `Unavailable`.
 */
export function connectMongo(secretArn: string): Promise<void> {
  connected ??= connect(secretArn).catch((error) => {
    connected = undefined;
    throw error;
  });
  return connected;
}

async function connect(secretArn: string): Promise<void> {
  const uri = await readSecret(secretArn);
  if (!uri) throw new Unavailable("The database is not configured yet: give the MONGODB_URI secret a value");
  try {
    await mongoose.connect(uri, options);
    await Promise.all(Object.values(mongoose.models).map((model) => model.createIndexes()));
  } catch (error) {
    await mongoose.disconnect();
    throw error;
  }
}

/** Whether an error says that the database could not be reached, rather than that it refused a command. */
export function isDatabaseUnreachable(error: unknown): boolean {
  return (
    error instanceof mongoose.mongo.MongoNetworkError ||
    error instanceof mongoose.mongo.MongoServerSelectionError ||
    error instanceof mongoose.mongo.MongoNotConnectedError ||
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    error instanceof mongoose.mongo.MongoTopologyClosedError
  );
}

/** MongoDB's error for a document that would break a unique index. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}
