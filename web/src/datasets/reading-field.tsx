import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Dataset, ReadOptions } from "../../../contract/index.ts";
import {
  type Choice,
  delimiters,
  encodings,
  groupings,
  optionLabel,
  quotes,
  type ReadOption,
  readWords,
  tableChoice,
} from "./reading-words.ts";

interface ReadingFieldProps {
  option: ReadOption;
  dataset: Dataset;
  options: ReadOptions;
  onChange: (options: ReadOptions) => void;
}

/** One option of reading a file: as found out, one of the usual values, or another that is typed. */
export function ReadingField({ option, dataset, options, onChange }: ReadingFieldProps) {
  const value = options[option];
  const label = optionLabel(option, dataset);
  const choices = choicesOf(option, dataset);
  const other = option === "sheet" && choices.length === 0 ? "One that I name…" : others[option];
  const isOther = value !== undefined && !choices.some((choice) => choice.value === String(value));
  const [typing, setTyping] = useState(isOther);
  const set = (next: string | number | boolean | undefined) => {
    const { [option]: _before, ...others } = options;
    onChange(next === undefined ? others : { ...others, [option]: next });
  };
  const pick = (picked: string) => {
    setTyping(picked === "other");
    if (picked === "other" && option === "headerRow") set(1);
    else if (picked === "auto" || picked === "other") set(undefined);
    else if (option === "groups") set(picked === "is:true");
    else set(option === "headerRow" ? Number(picked.slice(3)) : picked.slice(3));
  };
  return (
    <>
      <NativeSelect
        label={label}
        value={typing ? "other" : value === undefined ? "auto" : `is:${value}`}
        onChange={(event) => pick(event.currentTarget.value)}
        data={[
          { value: "auto", label: foundOut(option, dataset) },
          ...choices.map((choice) => ({ value: `is:${choice.value}`, label: choice.label })),
          ...(other === undefined ? [] : [{ value: "other", label: other }]),
        ]}
      />
      {typing && option === "headerRow" && (
        <NumberInput
          label="Row of the header"
          description="As a spreadsheet counts; what stands above is left out"
          min={1}
          max={100_000}
          allowDecimal={false}
          value={typeof value === "number" ? value : ""}
          onChange={(row) => set(typeof row === "number" ? row : undefined)}
        />
      )}
      {typing && option !== "headerRow" && (
        <TextInput
          label={option === "sheet" ? "Its name" : `Other ${label.toLowerCase()}`}
          maxLength={longest[option]}
          value={value === undefined ? "" : String(value)}
          onChange={(event) => set(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
        />
      )}
    </>
  );
}

/** What stands for a value that is in no list. */
const others: Partial<Record<ReadOption, string>> = {
  delimiter: "Another…",
  encoding: "Another…",
  headerRow: "Another row…",
};

const longest: Partial<Record<ReadOption, number>> = { sheet: 255, delimiter: 4, encoding: 40 };

function choicesOf(option: ReadOption, { tables }: Dataset): readonly Choice[] {
  switch (option) {
    case "sheet":
      return tables.map(tableChoice);
    case "delimiter":
      return delimiters;
    case "quote":
      return quotes;
    case "encoding":
      return encodings;
    case "groups":
      return groupings;
    case "headerRow":
      return [{ value: "0", label: "None: the file has no column names" }];
  }
}

/** What is found out is known only where nothing else was asked for. */
function foundOut(option: ReadOption, { options, read, tables }: Dataset): string {
  // Of the files of an archive, none is read before one is chosen.
  if (option === "sheet" && read === null && tables.length > 0) return "Choose one…";
  const found = options[option] === undefined ? readWords(option, read) : null;
  return found === null ? "As found out" : `As found out: ${found}`;
}
