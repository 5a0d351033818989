import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileText, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import type { ReportSchedule } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import { formatCount } from "../format/numbers.ts";
import { Link, navigate } from "../routing/navigation.tsx";
import { reportPath, reportsPath } from "../routing/routes.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { ConfirmDeletion } from "./confirm-deletion.tsx";
import { reportBody } from "./content.ts";
import { repetitionText } from "./repetition-text.ts";
import classes from "./report-header.module.css";
import { useCreateReport } from "./use-reports.ts";
import { useDeleteSchedule, useUpdateSchedule } from "./use-schedules.ts";

interface ScheduleHeaderProps {
  schedule: ReportSchedule;
  onChange: () => void;
}

export function ScheduleHeader({ schedule, onChange }: ScheduleHeaderProps) {
  const { title, repetition, paused, editions } = schedule;
  const facts = [
    paused ? `Paused (${repetitionText(repetition)})` : repetitionText(repetition),
    formatCount(editions, "edition"),
  ];
  return (
    <>
      <header className={classes.header}>
        <div className={classes.text}>
          <p className={classes.above}>
            <Link href={reportsPath}>Reports</Link> / Repeated
          </p>
          <h1 data-long={title.length > 90} data-testid="schedule-title">
            {title}
          </h1>
          <p className={classes.facts} data-testid="schedule-facts">
            {facts.join(" · ")}
          </p>
        </div>
      </header>
      {useCanEdit(schedule.workspaceId) && <ScheduleActions schedule={schedule} onChange={onChange} />}
    </>
  );
}

function ScheduleActions({ schedule, onChange }: ScheduleHeaderProps) {
  const { workspaceId, title, instructions, charts, paused } = schedule;
  const [deleting, { open, close }] = useDisclosure(false);
  const update = useUpdateSchedule(schedule);
  const remove = useDeleteSchedule();
  const create = useCreateReport(workspaceId);
  const pause = () =>
    update.mutate({ paused: !paused }, { onError: notifyFailure(`Could not ${paused ? "resume" : "pause"} it`) });
  const makeNow = () =>
    create.mutate(reportBody({ title, instructions: instructions ?? "", charts }), {
      onSuccess: ({ id }) => navigate(reportPath(id)),
      onError: notifyFailure("Could not make the report"),
    });
  return (
    <div className={classes.actions}>
      <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onChange}>
        Change
      </Button>
      <Button
        variant="default"
        leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
        loading={update.isPending}
        onClick={pause}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      <Button variant="default" leftSection={<IconFileText size={16} />} loading={create.isPending} onClick={makeNow}>
        Make one now
      </Button>
      <Button variant="subtle" color="red" leftSection={<IconTrash size={16} />} onClick={open}>
        Delete…
      </Button>
      <ConfirmDeletion
        opened={deleting}
        onClose={close}
        title="Stop repeating this report?"
        text="No further edition is made. Those that are there stay until they expire."
        action="Delete schedule"
        remove={remove}
        onConfirm={() => remove.mutate(schedule, { onSuccess: () => navigate(reportsPath, { replace: true }) })}
      />
    </div>
  );
}
