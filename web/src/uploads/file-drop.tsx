import { Dropzone } from "@mantine/dropzone";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useState } from "react";
import { maxUploadBytes } from "../../../contract/index.ts";
import { formatBytes } from "../format/numbers.ts";
import classes from "./file-drop.module.css";
import { type Refusal, sortFiles } from "./file-refusal.ts";
import { RefusedFiles } from "./refused-files.tsx";

const accepted = ".csv,.tsv,.tab,.txt,.xlsx,.xlsm,.json,.ndjson,.jsonl,.parquet,.gz,.zip";

interface FileDropProps {
  /** Gets the files that may become tables; the others are told of here. */
  onFiles: (files: File[]) => void;
  /** Whether several may come at once. */
  multiple: boolean;
  busy?: boolean;
  disabled?: boolean;
}

/** Takes files by drop or choice. */
export function FileDrop({ onFiles, multiple, busy = false, disabled = false }: FileDropProps) {
  const [refused, setRefused] = useState<Refusal[]>([]);
  const take = (files: File[]) => {
    const sorted = sortFiles(files);
    setRefused(sorted.refused);
    if (sorted.accepted.length > 0) onFiles(sorted.accepted);
  };
  return (
    <>
      <Dropzone
        className={classes.drop ?? ""}
        onDrop={take}
        onReject={(rejections) => setRefused([tooMany(rejections.length)])}
        multiple={multiple}
        loading={busy}
        disabled={disabled}
        role="button"
        aria-label={multiple ? "Drop tables, or choose some" : "Drop a table, or choose one"}
        inputProps={{ "aria-label": "File", accept: accepted }}
        data-testid="file-drop"
      >
        <span className={classes.badge} aria-hidden>
          <IconFileSpreadsheet size={26} stroke={1.5} />
        </span>
        <p className={classes.title}>
          Drop {multiple ? "CSV or Excel files" : "a CSV or Excel file"} here, or <span>choose one</span>
        </p>
        <p className={classes.hint}>
          Also JSON and Parquet, and each of them zipped. Up to {formatBytes(maxUploadBytes)}.
        </p>
      </Dropzone>
      <RefusedFiles refused={refused} onClose={() => setRefused([])} />
    </>
  );
}

function tooMany(count: number): Refusal {
  return { name: "", reason: `Those are ${count} files: choose the one that takes the place of the present file.` };
}
