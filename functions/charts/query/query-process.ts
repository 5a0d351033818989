import { version } from "@duckdb/node-api";
import { PublicError } from "../../shared/errors.ts";
import { engineSettings, type Reply, reply, request } from "./protocol.ts";
import { QuerySessions } from "./query-sessions.ts";

/**
 * The process that runs untrusted SQL for a function, which starts it with its engine settings as the only argument, hands
 * it one request at a time, and kills it when a query does not end: some of DuckDB's functions do not heed an interrupt.
 * Its environment holds neither credentials nor secrets.
 */
const sessions = new QuerySessions(engineSettings.parse(JSON.parse(process.argv[2] ?? "")));
const engineVersion = version();

process.on("message", async (message) => {
  const asked = request.parse(message);
  if (asked.kind === "forget") return sessions.forget(asked.paths);
  send(await answer(asked));
});
process.on("disconnect", () => process.exit());

async function answer(asked: Extract<ReturnType<typeof request.parse>, { id: number }>): Promise<Reply> {
  const { id, kind, tables, sql, limits } = asked;
  try {
    if (kind === "check") {
      await sessions.check(tables, sql, limits);
      return { kind: "checked", id };
    }
    return { kind: "result", id, engineVersion, ...(await sessions.run(tables, sql, limits)) };
  } catch (error) {
    const { data: reason } = reply.options[2].shape.reason.safeParse(error instanceof PublicError && error.kind);
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "refused", id, reason: reason ?? "fault", message };
  }
}

function send(message: Reply): void {
  process.send?.(message);
}
