import mongoose from "mongoose";

/** Whether a MongoDB server answers at `uri` within two seconds: undefined if so, or why not, without credentials. */
export async function mongoUnreachable(uri: string): Promise<string | undefined> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000 });
  try {
    await client.db().command({ ping: 1 });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(/\/\/[^@\s/]*@/g, "//***@") : String(error);
  } finally {
    await client.close();
  }
}
