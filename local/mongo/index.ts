import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { Catalog } from "./catalog.ts";
import { execute } from "./commands/index.ts";
import { Cursors } from "./cursors.ts";
import { Storage } from "./storage.ts";
import { encodeReply, MessageReader } from "./wire.ts";

export { MongoStorageError } from "./errors.ts";

/** How often expired documents (TTL indexes) and idle cursors are looked for. MongoDB's TTL monitor sleeps 60 s. */
const SWEEP_MS = 1000;

/** A running server; `close` ends its connections and frees the file. */
export interface MongoServer {
  uri: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Starts a server that speaks MongoDB's wire protocol on 127.0.0.1 and keeps its data in a SQLite file. What it
 * acknowledged survives `kill -9` of the process. One process at a time may use the file.
 *
 * @param options.file the SQLite file, made if it is not there; its folder must exist
 * @param options.port 0 or none: any free port
 * @throws MongoStorageError if the file is damaged, in use or not usable; the system's error if the port is taken
 */
export async function startMongo(options: { file: string; port?: number }): Promise<MongoServer> {
  const storage = new Storage(options.file);
  try {
    const state = { catalog: new Catalog(storage), cursors: new Cursors() };
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      serve(socket, state);
    });
    server.listen(options.port ?? 0, "127.0.0.1");
    await once(server, "listening");
    const sweep = setInterval(() => sweepOnce(state), SWEEP_MS).unref();
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    return {
      uri: `mongodb://127.0.0.1:${port}`,
      port,
      async close() {
        clearInterval(sweep);
        const closed = once(server, "close");
        server.close();
        for (const socket of sockets) socket.destroy();
        await closed;
        storage.close();
      },
    };
  } catch (error) {
    storage.close();
    throw error;
  }
}

/** A sweep that fails (a full disk) is tried again with the next; the server goes on. */
function sweepOnce({ catalog, cursors }: { catalog: Catalog; cursors: Cursors }): void {
  try {
    cursors.forgetIdle(Date.now());
    catalog.deleteExpired(Date.now());
  } catch (error) {
    console.error(`mongo: expired documents could not be deleted: ${error instanceof Error ? error.message : error}`);
  }
}

/** Answers the requests of one connection in their order. Bytes that are no message end the connection, nothing else. */
function serve(socket: Socket, state: { catalog: Catalog; cursors: Cursors }): void {
  const reader = new MessageReader();
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy()); // the peer went away; there is nobody to tell
  socket.on("data", (chunk) => {
    try {
      for (const request of reader.read(chunk)) {
        const reply = execute(request.command, state);
        if (!request.silent) socket.write(encodeReply(request, reply));
      }
    } catch (error) {
      console.error(`mongo: connection closed: ${error instanceof Error ? error.message : String(error)}`);
      socket.destroy();
    }
  });
}
