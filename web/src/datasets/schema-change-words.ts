import type { SchemaChange } from "../../../contract/index.ts";
import { typeName } from "../format/cells.ts";

/** What a new version of a file changed, in a sentence; names stand between backticks. */
export function schemaChangeWords(change: SchemaChange): string {
  switch (change.change) {
    case "added":
      return `\`${change.column}\` is new.`;
    case "missing":
      return `\`${change.column}\` is missing from the new file.`;
    case "renamed":
      return `\`${change.column}\` is probably what was \`${change.from}\`, and keeps its label and description.`;
    case "type": {
      const [from, to] = [typeName(change.from), typeName(change.to)].map((name) => name.toLowerCase());
      // Two types can share a name, such as BIGINT and INTEGER.
      return from === to
        ? `\`${change.column}\` changed from ${change.from} to ${change.to}.`
        : `\`${change.column}\` changed from ${from} to ${to}.`;
    }
  }
}

/** Whether charts that worked before may not any more. */
export function breaksCharts(changes: readonly SchemaChange[]): boolean {
  return changes.some(({ change }) => change !== "added");
}
