import { CloseButton } from "@mantine/core";
import type { Refusal } from "./file-refusal.ts";
import classes from "./refused-files.module.css";

/** Files that were not sent at all, each with what to do about it. */
export function RefusedFiles({ refused, onClose }: { refused: readonly Refusal[]; onClose: () => void }) {
  if (refused.length === 0) return null;
  return (
    <div className={classes.notice} role="alert" data-testid="refused-files">
      <div>
        <strong>{refused.length === 1 ? "Not taken" : `${refused.length} files were not taken`}</strong>
        <ul>
          {refused.map(({ name, reason }) => (
            <li key={name}>{reason}</li>
          ))}
        </ul>
      </div>
      <CloseButton aria-label="Close this notice" size="sm" onClick={onClose} />
    </div>
  );
}
