import type { Dataset } from "../../../contract/index.ts";
import { formatBytes } from "../format/numbers.ts";
import { useCanEdit } from "../session/use-can-edit.ts";
import classes from "./reading.module.css";
import { ReadingForm } from "./reading-form.tsx";
import { formatName, optionLabel, optionsOf, type ReadOption, readWords } from "./reading-words.ts";

/** How the file was read, and how else it could be. */
export function Reading({ dataset }: { dataset: Dataset }) {
  const canEdit = useCanEdit(dataset.workspaceId);
  return (
    <section className={classes.panel} aria-label="How this file was read">
      <h2>How this file was read</h2>
      <dl className={classes.facts} data-testid="reading">
        {readingFacts(dataset).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {canEdit && <ReadingForm key={JSON.stringify(dataset.options)} dataset={dataset} fields={optionsOf(dataset)} />}
    </section>
  );
}

function readingFacts(dataset: Dataset): [string, string][] {
  const { fileName, fileSize, version, format, read, options, tables } = dataset;
  const known = [
    ...new Set([
      ...(tables.length === 0 && read?.sheet !== undefined ? (["sheet"] as const) : []),
      ...optionsOf(dataset),
    ]),
  ];
  const wasChosen = (option: ReadOption) =>
    options[option] !== undefined && options[option] === (read?.[option] ?? options[option]);
  return [
    ["File", `${fileName}, ${formatBytes(fileSize)}${version > 1 ? `, version ${version}` : ""}`],
    ["Format", formatName(format)],
    ...known.flatMap((option): [string, string][] => {
      const words = readWords(option, read) ?? readWords(option, options);
      return words === null ? [] : [[optionLabel(option, dataset), wasChosen(option) ? `${words}, as chosen` : words]];
    }),
  ];
}
