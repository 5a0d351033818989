import { CloseButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { newsOf } from "./dataset-state.ts";
import classes from "./news.module.css";

/** Tells when what went on beside the page has come to its end: a newer file, or the same one read in another way. */
export function News({ dataset }: { dataset: Dataset }) {
  const [before, setBefore] = useState(dataset);
  const [message, setMessage] = useState<string | null>(null);
  if (before !== dataset) {
    setBefore(dataset);
    // What begins anew makes old news.
    setMessage(dataset.status === "ready" ? (newsOf(before, dataset) ?? message) : null);
  }
  return (
    <div role="status" data-testid="news">
      {message !== null && (
        <p className={classes.news}>
          <IconCheck size={18} aria-hidden />
          <span>{message}</span>
          <CloseButton size="sm" aria-label="Close this message" onClick={() => setMessage(null)} />
        </p>
      )}
    </div>
  );
}
