import { CloseButton } from "@mantine/core";
import type { Dataset } from "../../../contract/index.ts";
import { Prose } from "../feedback/prose.tsx";
import { breaksCharts, schemaChangeWords } from "./schema-change-words.ts";
import classes from "./schema-changes.module.css";
import { useDismissed } from "./use-dismissed.ts";

const atFirst = 8;

/** What the present version of a file changed in its columns. */
export function SchemaChanges({ dataset: { id, version, schemaChanges } }: { dataset: Dataset }) {
  const { dismissed, dismiss } = useDismissed(`changes-${id}`, String(version));
  if (schemaChanges.length === 0 || dismissed) return null;
  const words = schemaChanges.map(schemaChangeWords);
  return (
    <section className={classes.notice} aria-label="What the new file changed" data-testid="schema-changes">
      <div>
        <strong>Version {version} differs from the one before</strong>
        <Changes words={words.slice(0, atFirst)} />
        {words.length > atFirst && (
          <details>
            <summary>{words.length - atFirst} more</summary>
            <Changes words={words.slice(atFirst)} />
          </details>
        )}
        {breaksCharts(schemaChanges) && <p>Charts that use these columns say so when they are refreshed.</p>}
      </div>
      <CloseButton aria-label="Close this notice" size="sm" onClick={dismiss} />
    </section>
  );
}

function Changes({ words }: { words: readonly string[] }) {
  return (
    <ul>
      {words.map((text) => (
        <li key={text}>
          <Prose text={text} />
        </li>
      ))}
    </ul>
  );
}
