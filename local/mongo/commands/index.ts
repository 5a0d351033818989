import { Int32 } from "bson";
import { Arguments } from "../arguments.ts";
import type { Catalog } from "../catalog.ts";
import type { Cursors } from "../cursors.ts";
import { CommandError, notSupported } from "../errors.ts";
import type { Document } from "../values/types.ts";
import { ADMIN_COMMANDS } from "./admin.ts";
import type { Command } from "./command.ts";
import { HANDSHAKE_COMMANDS } from "./handshake.ts";
import { READ_COMMANDS } from "./read.ts";
import { WRITE_COMMANDS } from "./write.ts";

const COMMANDS = new Map<string, Command>(
  Object.entries({ ...HANDSHAKE_COMMANDS, ...READ_COMMANDS, ...WRITE_COMMANDS, ...ADMIN_COMMANDS }),
);

const WITHOUT_WRITES = new Set([...Object.keys(HANDSHAKE_COMMANDS), ...Object.keys(READ_COMMANDS)]);

/** Executes a command as it came over the wire and returns the reply; errors become `{ok: 0, …}`. */
export function execute(command: Document, server: { catalog: Catalog; cursors: Cursors }): Document {
  try {
    return { ...run(command, server), ok: 1 };
  } catch (error) {
    return errorReply(error);
  }
}

function run(command: Document, { catalog, cursors }: { catalog: Catalog; cursors: Cursors }): Document {
  const [name = ""] = Object.keys(command);
  const handler = COMMANDS.get(name);
  if (!handler) throw new CommandError("CommandNotFound", `no such command: '${name}'`);
  rejectTransaction(command);
  const db = command.$db;
  if (typeof db !== "string") throw new CommandError("MissingField", "OP_MSG requests require a $db argument");
  const context = { catalog, cursors, db, args: new Arguments(name, command) };
  return WITHOUT_WRITES.has(name) ? handler(context) : catalog.transaction(() => handler(context));
}

/** Drivers send neither of these to a standalone server unless the application asks for a transaction. */
function rejectTransaction(command: Document): void {
  if ("startTransaction" in command || "autocommit" in command) throw notSupported("A transaction");
  if ("txnNumber" in command) {
    throw new CommandError(
      "IllegalOperation",
      "Transaction numbers are only allowed on a replica set member or mongos",
    );
  }
}

function errorReply(error: unknown): Document {
  const failure =
    error instanceof CommandError
      ? error
      : new CommandError("InternalError", error instanceof Error ? error.message : String(error), { cause: error });
  const { code, codeName, details, message } = failure;
  return { ok: 0, errmsg: message, code: new Int32(code), codeName, ...details };
}
