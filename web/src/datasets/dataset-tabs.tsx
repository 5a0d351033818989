import { Tabs } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { formatNumber } from "../format/numbers.ts";
import { ColumnDetails } from "./column-details.tsx";
import { Columns } from "./columns.tsx";
import { DatasetRows } from "./dataset-rows.tsx";
import classes from "./dataset-tabs.module.css";
import { Reading } from "./reading.tsx";
import { RejectsTable } from "./rejects-table.tsx";

const tabs = ["answers", "columns", "rows", "rejects", "file"] as const;
export type DatasetTab = (typeof tabs)[number];

interface DatasetTabsProps {
  dataset: Dataset;
  tab: DatasetTab;
  onTab: (tab: DatasetTab) => void;
  answerCount: number;
  answers: ReactNode;
}

/** The answers that a dataset has given, and what is in it. */
export function DatasetTabs({ dataset, tab, onTab, answerCount, answers }: DatasetTabsProps) {
  const [openColumn, setOpenColumn] = useState<string | null>(null);
  const { columns, rejects, rowCount } = dataset;
  return (
    <>
      <Tabs
        value={tab}
        onChange={(value) => onTab(tabs.find((name) => name === value) ?? "answers")}
        className={classes.tabs ?? ""}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="answers">
            Answers
            <Count of={answerCount} />
          </Tabs.Tab>
          <Tabs.Tab value="columns">
            Columns
            <Count of={columns.length} />
          </Tabs.Tab>
          <Tabs.Tab value="rows">Rows</Tabs.Tab>
          {rejects.count > 0 && (
            <Tabs.Tab value="rejects">
              Left out
              <Count of={rejects.count} />
            </Tabs.Tab>
          )}
          <Tabs.Tab value="file">File</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="answers">{answers}</Tabs.Panel>
        <Tabs.Panel value="columns">
          <Columns columns={columns} rowCount={rowCount ?? 0} onOpen={setOpenColumn} />
        </Tabs.Panel>
        <Tabs.Panel value="rows">
          <DatasetRows dataset={dataset} onOpen={setOpenColumn} />
        </Tabs.Panel>
        <Tabs.Panel value="rejects">
          <RejectsTable dataset={dataset} />
        </Tabs.Panel>
        <Tabs.Panel value="file">
          <Reading dataset={dataset} />
        </Tabs.Panel>
      </Tabs>
      <ColumnDetails dataset={dataset} name={openColumn} onClose={() => setOpenColumn(null)} />
    </>
  );
}

function Count({ of }: { of: number }) {
  return of > 0 && <span className={classes.count}>{formatNumber(of)}</span>;
}
