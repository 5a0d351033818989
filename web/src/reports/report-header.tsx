import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy, IconDots, IconTrash } from "@tabler/icons-react";
import type { Report } from "../../../contract/index.ts";
import { formatBytes, formatCount } from "../format/numbers.ts";
import { formatAgo } from "../format/times.ts";
import { Link, navigate } from "../routing/navigation.tsx";
import { newReportPath, reportsPath, schedulePath } from "../routing/routes.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import { ConfirmDeletion } from "./confirm-deletion.tsx";
import classes from "./report-header.module.css";
import { useReportDraft } from "./use-report-draft.ts";
import { useDeleteReport } from "./use-reports.ts";

export function ReportHeader({ report }: { report: Report }) {
  const { title, scheduleId, edition } = report;
  return (
    <header className={classes.header}>
      <div className={classes.text}>
        <p className={classes.above}>
          <Link href={reportsPath}>Reports</Link>
          {scheduleId !== null && (
            <>
              {" / "}
              <Link href={schedulePath(scheduleId)}>Edition {edition}</Link>
            </>
          )}
        </p>
        <h1 data-long={title.length > 90} data-testid="report-title">
          {title}
        </h1>
        <p className={classes.facts}>{facts(report).join(" · ")}</p>
      </div>
      <ReportMenu report={report} />
    </header>
  );
}

function ReportMenu({ report }: { report: Report }) {
  const [deleting, { open, close }] = useDisclosure(false);
  const { setDraft } = useReportDraft(report.workspaceId);
  const remove = useDeleteReport();
  if (!useCanEdit(report.workspaceId)) return null;
  const makeAnother = () => {
    const charts = report.charts.map(({ id, title }) => ({ id, title }));
    setDraft({ title: report.title, instructions: report.instructions ?? "", charts });
    navigate(newReportPath);
  };
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="More about this report">
            <IconDots size={20} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={makeAnother}>
            New report from this one
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={open}>
            Delete report…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDeletion
        opened={deleting}
        onClose={close}
        title="Delete this report?"
        text="Its PDF and its page are deleted for everyone in the workspace; the charts stay. This can't be undone."
        action="Delete report"
        remove={remove}
        onConfirm={() => remove.mutate(report, { onSuccess: () => navigate(reportsPath, { replace: true }) })}
      />
    </>
  );
}

function facts({ charts, pageCount, pdfBytes, completedAt, createdAt, expiresAt }: Report): string[] {
  const now = Date.now();
  return [
    formatCount(charts.length, "chart"),
    ...(pageCount === null ? [] : [formatCount(pageCount, "page")]),
    ...(pdfBytes === null ? [] : [formatBytes(pdfBytes)]),
    completedAt === null ? `asked for ${formatAgo(createdAt, now)}` : `made ${formatAgo(completedAt, now)}`,
    ...(expiresAt === null ? [] : [`kept until ${new Date(expiresAt).toLocaleDateString()}`]),
  ];
}
