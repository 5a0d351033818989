import type { ReportSchedule } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { formatCount } from "../format/numbers.ts";
import { Link } from "../routing/navigation.tsx";
import { schedulePath } from "../routing/routes.ts";
import { repetitionText } from "./repetition-text.ts";
import listClasses from "./report-list.module.css";
import classes from "./schedule-list.module.css";
import { useSchedules } from "./use-schedules.ts";

/** The reports that are made again by themselves. */
export function ScheduleList({ workspaceId }: { workspaceId: string }) {
  const query = useSchedules(workspaceId);
  return (
    <section className={classes.section} aria-labelledby="schedules">
      <h2 id="schedules">Repeated</h2>
      <LoadingPanel query={query} what="the schedules">
        {(schedules) =>
          schedules.length === 0 ? (
            <p className={classes.empty}>
              Nothing is repeated. A new report can be made again every day, week or month, each time on the data as it
              is then.
            </p>
          ) : (
            <ul className={listClasses.list}>
              {schedules.map((schedule) => (
                <ScheduleItem key={schedule.id} schedule={schedule} />
              ))}
            </ul>
          )
        }
      </LoadingPanel>
    </section>
  );
}

function ScheduleItem({ schedule: { id, title, repetition, paused, editions } }: { schedule: ReportSchedule }) {
  const facts = [paused ? "Paused" : repetitionText(repetition), formatCount(editions, "edition")];
  return (
    <li className={listClasses.item} data-testid="schedule-item">
      <span className={listClasses.dot} data-status={paused ? "paused" : "active"} aria-hidden />
      <div className={listClasses.text}>
        <Link href={schedulePath(id)} className={listClasses.title}>
          {title}
        </Link>
        <small>{facts.join(" · ")}</small>
      </div>
    </li>
  );
}
