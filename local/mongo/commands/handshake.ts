import { Int32 } from "bson";
import { notSupported } from "../errors.ts";
import { MAX_DOCUMENT_BYTES } from "../values/bson.ts";
import type { Document } from "../values/types.ts";
import { MAX_MESSAGE_BYTES } from "../wire.ts";
import type { Command } from "./command.ts";

/**
 * Describes a standalone server (no `setName`, no `msg: "isdbgrid"`). Drivers then send neither retryable writes nor
 * transactions: a retried write would have to be recognised by its txnNumber even after a restart, and a standalone
 * mongod doesn't do that either. A write whose reply got lost is thus reported to the application, never repeated.
 * No `topologyVersion` either, so that drivers poll instead of asking for a stream of hellos, and no `compression`.
 */
const hello: Command = () => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
  maxMessageSizeBytes: new Int32(MAX_MESSAGE_BYTES),
  maxWriteBatchSize: new Int32(100_000),
  localTime: new Date(),
  logicalSessionTimeoutMinutes: new Int32(30),
  connectionId: new Int32(1),
  minWireVersion: new Int32(0),
  maxWireVersion: new Int32(21), // MongoDB 7.0: the newest commands of 8.0, such as bulkWrite, are not here
  readOnly: false,
});

const buildInfo: Command = (): Document => ({
  version: "7.0.0",
  versionArray: [7, 0, 0, 0].map((part) => new Int32(part)),
  gitVersion: "embedded",
  modules: [],
  bits: new Int32(64),
  debug: false,
  maxBsonObjectSize: new Int32(MAX_DOCUMENT_BYTES),
  storageEngines: ["sqlite"],
});

const nothing: Command = () => ({});

function unsupported(what: string): Command {
  return () => {
    throw notSupported(what);
  };
}

export const HANDSHAKE_COMMANDS: Record<string, Command> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: nothing,
  buildInfo,
  buildinfo: buildInfo,
  endSessions: nothing,
  killSessions: nothing,
  saslStart: unsupported("Authentication"),
  authenticate: unsupported("Authentication"),
  commitTransaction: unsupported("A transaction"),
  abortTransaction: unsupported("A transaction"),
};
