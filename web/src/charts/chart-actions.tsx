import { ActionIcon, Button, Menu, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconBraces,
  IconCheck,
  IconChevronDown,
  IconDownload,
  IconPhoto,
  IconRefresh,
  IconTable,
  IconTrash,
} from "@tabler/icons-react";
import { type Chart, chartType } from "../../../contract/index.ts";
import { notifyFailure } from "../feedback/notify-failure.ts";
import classes from "./chart-actions.module.css";
import { chartTypes } from "./chart-types.ts";
import { useDeleteChart, useExportChart, useRefreshChart, useUpdateChart } from "./use-charts.ts";

/** What can be done with a chart: another type, fresh data, a file of it, away with it. */
export function ChartActions({ chart }: { chart: Chart }) {
  const refresh = useRefreshChart(chart);
  return (
    <div className={classes.actions}>
      <TypeMenu chart={chart} />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Refresh the data"
        title="Refresh the data"
        loading={refresh.isPending}
        onClick={() => refresh.mutate(undefined, { onError: notifyFailure("Could not refresh the chart") })}
      >
        <IconRefresh size={17} stroke={1.75} />
      </ActionIcon>
      <ExportMenu chart={chart} />
      <DeleteChart chart={chart} />
    </div>
  );
}

function TypeMenu({ chart }: { chart: Chart }) {
  const update = useUpdateChart(chart);
  const { name, Icon } = chartTypes[chart.type];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          loading={update.isPending}
          leftSection={<Icon size={16} stroke={1.75} />}
          rightSection={<IconChevronDown size={14} />}
          aria-label={`Chart type: ${name}`}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {chartType.options.map((type) => {
          const { name, Icon } = chartTypes[type];
          return (
            <Menu.Item
              key={type}
              leftSection={<Icon size={16} stroke={1.75} />}
              rightSection={type === chart.type ? <IconCheck size={14} /> : null}
              onClick={() =>
                type !== chart.type &&
                update.mutate({ type }, { onError: notifyFailure(`This can't be shown as ${name.toLowerCase()}`) })
              }
            >
              {name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportMenu({ chart }: { chart: Chart }) {
  const save = useExportChart(chart);
  const onError = notifyFailure("Could not export the chart");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Download" title="Download" loading={save.isPending}>
          <IconDownload size={17} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPhoto size={16} stroke={1.75} />} onClick={() => save.mutate("png", { onError })}>
          Picture (PNG)
        </Menu.Item>
        <Menu.Item leftSection={<IconTable size={16} stroke={1.75} />} onClick={() => save.mutate("csv", { onError })}>
          Data (CSV)
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBraces size={16} stroke={1.75} />}
          onClick={() => save.mutate("json", { onError })}
        >
          Data (JSON)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function DeleteChart({ chart }: { chart: Chart }) {
  const [opened, { close, toggle }] = useDisclosure(false);
  const remove = useDeleteChart(chart);
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Delete the chart"
          title="Delete the chart"
          onClick={toggle}
        >
          <IconTrash size={17} stroke={1.75} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.confirm}>Delete this chart for everyone?</p>
        <div className={classes.actions}>
          <Button
            size="xs"
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined, { onError: notifyFailure("Could not delete the chart") })}
          >
            Delete
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            Keep it
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
