import { Anchor } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import classes from "./rejects-notice.module.css";
import { rejectsSummary } from "./rejects-words.ts";

/** Says which part of the file is missing from the table, and leads to the list of it. */
export function RejectsNotice({ rejects, onShow }: Pick<Dataset, "rejects"> & { onShow: () => void }) {
  if (rejects.count === 0) return null;
  return (
    <p className={classes.notice} data-testid="rejects-notice">
      {rejectsSummary(rejects)}{" "}
      <Anchor component="button" type="button" inherit onClick={onShow}>
        See {rejects.count === 1 ? "which" : "them all"}
      </Anchor>
    </p>
  );
}
