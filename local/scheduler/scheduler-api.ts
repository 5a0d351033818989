import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { definition, dueTimes, type Schedule, schedule } from "./schedule.ts";
import type { ScheduleStore } from "./schedule-store.ts";

/** An error as EventBridge Scheduler answers it. */
export class SchedulerError extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.type = type;
    this.status = status;
  }
}

export interface ApiOptions {
  store: ScheduleStore;
  region: string;
  accountId: string;
  now: () => Date;
  /** Told of every change, after it is stored. */
  onChange: () => void;
}

/**
 * CreateSchedule, GetSchedule, UpdateSchedule and DeleteSchedule, in any group. Throws a `SchedulerError` for what AWS would
 * refuse or what is not played.
 */
export async function answer(
  request: Pick<IncomingMessage, "method" | "url">,
  body: string,
  options: ApiOptions,
): Promise<unknown> {
  const { store, onChange } = options;
  const url = new URL(request.url ?? "/", "http://scheduler");
  const [, name] = /^\/schedules\/([^/]+)$/.exec(url.pathname) ?? [];
  if (name === undefined) throw invalid(`${request.method} ${url.pathname} is not supported`);
  const Name = decodeURIComponent(name);
  const group = url.searchParams.get("groupName") ?? "default";
  switch (request.method) {
    case "POST":
    case "PUT": {
      const wanted = read(body);
      const known = store.get({ GroupName: wanted.GroupName, Name });
      if (request.method === "PUT" && !known) throw notFound(Name);
      if (request.method === "POST" && known) {
        throw new SchedulerError("ConflictException", 409, `Schedule ${Name} already exists.`);
      }
      const made = make(Name, wanted, known, options);
      await store.put(made);
      onChange();
      return { ScheduleArn: made.Arn };
    }
    case "GET": {
      const known = store.get({ GroupName: group, Name });
      if (!known) throw notFound(Name);
      const { nextRun: _nextRun, CreationDate, LastModificationDate, ...shown } = known;
      const seconds = (time: string) => Date.parse(time) / 1000;
      return { ...shown, CreationDate: seconds(CreationDate), LastModificationDate: seconds(LastModificationDate) };
    }
    case "DELETE":
      if (!(await store.remove({ GroupName: group, Name }))) throw notFound(Name);
      onChange();
      return {};
    default:
      throw invalid(`${request.method} is not supported`);
  }
}

function make(
  Name: string,
  wanted: z.infer<typeof definition>,
  known: Schedule | undefined,
  { region, accountId, now }: ApiOptions,
): Schedule {
  const time = now();
  let due: Date | undefined;
  try {
    due = dueTimes(wanted).next(time);
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const parsed = schedule.safeParse({
    ...wanted,
    Name,
    Arn: `arn:aws:scheduler:${region}:${accountId}:schedule/${wanted.GroupName}/${Name}`,
    CreationDate: known?.CreationDate ?? time.toISOString(),
    LastModificationDate: time.toISOString(),
    nextRun: due?.toISOString() ?? null,
  });
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error), { cause: parsed.error });
  return parsed.data;
}

function read(body: string): z.infer<typeof definition> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw invalid("The body is not JSON.", { cause });
  }
  const parsed = definition.safeParse(json);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error), { cause: parsed.error });
  return parsed.data;
}

function invalid(message: string, options?: ErrorOptions): SchedulerError {
  return new SchedulerError("ValidationException", 400, message, options);
}

function notFound(name: string): SchedulerError {
  return new SchedulerError("ResourceNotFoundException", 404, `Schedule ${name} does not exist.`);
}
