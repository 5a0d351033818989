import { Button } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import { type ReportSchedule, reportLimits } from "../../../contract/index.ts";
import { ApiError } from "../api/api-error.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { navigate } from "../routing/navigation.tsx";
import { reportsPath } from "../routing/routes.ts";
import { ChangeSchedule } from "./change-schedule.tsx";
import { ReportList } from "./report-list.tsx";
import { ScheduleHeader } from "./schedule-header.tsx";
import classes from "./schedule-list.module.css";
import { useReports } from "./use-reports.ts";
import { useSchedule } from "./use-schedules.ts";

/** A report that repeats: what and when, and the editions that it has made. */
export function SchedulePage({ scheduleId }: { scheduleId: string }) {
  const query = useSchedule(scheduleId);
  const [isChanging, setChanging] = useState(false);
  useDocumentTitle(query.data ? `${query.data.title.slice(0, 100)} · QuantiBI` : "QuantiBI");
  if (query.error instanceof ApiError && query.error.kind === "not-found") return <NoSchedule />;
  return (
    <LoadingPanel query={query} what="this schedule">
      {(schedule) =>
        isChanging ? (
          <ChangeSchedule schedule={schedule} onDone={() => setChanging(false)} />
        ) : (
          <>
            <ScheduleHeader schedule={schedule} onChange={() => setChanging(true)} />
            <ol className={classes.contents} aria-label="Charts of the report">
              {schedule.charts.map(({ id, title }) => (
                <li key={id}>{title}</li>
              ))}
            </ol>
            <Editions schedule={schedule} />
          </>
        )
      }
    </LoadingPanel>
  );
}

function Editions({ schedule: { workspaceId, id } }: { schedule: ReportSchedule }) {
  const query = useReports(workspaceId, id);
  return (
    <section className={classes.section} aria-labelledby="editions">
      <h2 id="editions">Editions</h2>
      <LoadingPanel query={query} what="the editions">
        {(reports) =>
          reports.length === 0 ? (
            <p className={classes.empty}>
              None yet. Each is kept for {reportLimits.editionDays} days and then deleted by itself.
            </p>
          ) : (
            <ReportList reports={reports} query={query} />
          )
        }
      </LoadingPanel>
    </section>
  );
}

function NoSchedule() {
  return (
    <>
      <h1>This schedule is not here</h1>
      <p>It may have been deleted, or it is in a workspace that you are not a member of.</p>
      <Button onClick={() => navigate(reportsPath, { replace: true })}>To the reports</Button>
    </>
  );
}
