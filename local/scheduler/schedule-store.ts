import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { StartError } from "../start-error.ts";
import { type Schedule, schedule } from "./schedule.ts";

const file = z.object({ schedules: z.array(schedule) });

/** The schedules, by group and name, in a file that is written as a whole before a change counts. */
export class ScheduleStore {
  private readonly path: string;
  private readonly schedules: Map<string, Schedule>;
  private writing: Promise<void> = Promise.resolve();

  private constructor(path: string, schedules: Schedule[]) {
    this.path = path;
    this.schedules = new Map(schedules.map((known) => [keyOf(known), known]));
  }

  /** Throws a `StartError` when the file cannot be read as what this wrote. */
  static async open(path: string): Promise<ScheduleStore> {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return '{"schedules":[]}';
      throw error;
    });
    try {
      return new ScheduleStore(path, file.parse(JSON.parse(text)).schedules);
    } catch (cause) {
      throw new StartError(`The schedules in ${path} cannot be read: restore the file, or remove it to start without`, {
        cause,
      });
    }
  }

  all(): Schedule[] {
    return [...this.schedules.values()];
  }

  get(of: Pick<Schedule, "GroupName" | "Name">): Schedule | undefined {
    return this.schedules.get(keyOf(of));
  }

  async put(changed: Schedule): Promise<void> {
    this.schedules.set(keyOf(changed), changed);
    await this.write();
  }

  async remove(of: Pick<Schedule, "GroupName" | "Name">): Promise<boolean> {
    const known = this.schedules.delete(keyOf(of));
    if (known) await this.write();
    return known;
  }

  /** One write at a time, each of what there is when its turn comes. */
  private async write(): Promise<void> {
    this.writing = this.writing
      .catch(() => {})
      .then(async () => {
        const draft = `${this.path}.draft`;
        await mkdir(dirname(this.path), { recursive: true });
        await writeFile(draft, JSON.stringify({ schedules: this.all() }, undefined, 2));
        await rename(draft, this.path);
      });
    await this.writing;
  }
}

function keyOf({ GroupName, Name }: Pick<Schedule, "GroupName" | "Name">): string {
  return `${GroupName}/${Name}`;
}
