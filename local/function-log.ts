import { z } from "zod";
import type { FunctionLogLine } from "./lambda/invocation.ts";

const structured = z.object({
  level: z.string(),
  message: z.string(),
  error: z.object({ name: z.string().optional(), message: z.string() }).optional(),
});

const maxLength = 240;

/** A function's line as it goes into the log file. */
export function logFileLine({ functionName, requestId, message }: FunctionLogLine): string {
  return `[${functionName}] ${requestId === undefined ? "" : `${requestId} `}${message.trimEnd()}`;
}

/** What a person at the terminal should see of a line: one line for an error, nothing for anything else. */
export function terminalLine({ functionName, level, message }: FunctionLogLine): string | undefined {
  const record = structured.safeParse(parseJson(message)).data;
  if (record !== undefined) {
    if (record.level !== "ERROR" && record.level !== "CRITICAL") return undefined;
    const reason = record.error === undefined ? "" : `: ${record.error.message}`;
    return shortened(`[${functionName}] ${record.message}${reason}`);
  }
  return level === "error" ? shortened(`[${functionName}] ${message}`) : undefined;
}

function shortened(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
