import { NativeSelect } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useState } from "react";
import type { Usage } from "../../../contract/index.ts";
import { LoadingPanel } from "../feedback/loading-panel.tsx";
import { useWorkspace } from "../session/use-workspace.ts";
import { formatMonth, lastMonths } from "./months.ts";
import { UsageMeter } from "./usage-meter.tsx";
import classes from "./usage-page.module.css";
import { costOf, metersOf } from "./usage-words.ts";
import { useUsage } from "./use-usage.ts";

const shownMonths = 12;

/** What the workspace has used in a month, and what it may use. */
export function UsagePage() {
  useDocumentTitle("Usage · QuantiBI");
  const { workspace } = useWorkspace();
  const [months] = useState(() => lastMonths(new Date(), shownMonths));
  const [month, setMonth] = useState(months[0] ?? "");
  const query = useUsage(workspace?.id, month);
  return (
    <>
      <header className={classes.header}>
        <div>
          <h1>Usage</h1>
          {workspace && <p>{workspace.name}</p>}
        </div>
        <NativeSelect
          label="Month"
          value={month}
          onChange={({ currentTarget }) => setMonth(currentTarget.value)}
          data={months.map((value) => ({ value, label: formatMonth(value) }))}
        />
      </header>
      <LoadingPanel query={query} what="what the workspace uses">
        {(usage) => <MonthOf usage={usage} />}
      </LoadingPanel>
    </>
  );
}

function MonthOf({ usage }: { usage: Usage }) {
  const cost = costOf(usage);
  const unused = usage.charts + usage.reports + usage.modelTokens === 0;
  return (
    <section aria-label={formatMonth(usage.month)}>
      {unused && (
        <p className={classes.empty} data-testid="usage-empty">
          No chart or report was made in {formatMonth(usage.month)}.
        </p>
      )}
      <ul className={classes.meters}>
        {metersOf(usage).map((meter) => (
          <UsageMeter key={meter.name} {...meter} />
        ))}
      </ul>
      <div className={classes.cost} data-testid="usage-cost">
        <h2>Cost of the language model</h2>
        <p className={classes.figures}>
          <strong>{cost.amount}</strong>
        </p>
        <p className={classes.note}>{cost.note}</p>
      </div>
      <p className={classes.note}>Months begin and end by UTC. Whoever runs this installation sets the limits.</p>
    </section>
  );
}
