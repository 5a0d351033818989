import { NativeSelect, SegmentedControl } from "@mantine/core";
import type { Repetition } from "../../../contract/index.ts";
import classes from "./repetition-field.module.css";
import { capitalized, hourText } from "./repetition-text.ts";

type Every = Repetition["every"] | "once";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
// The list of the browser may lack the zone that the browser itself is in.
const timeZones = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ownTimeZone])].sort();

interface RepetitionFieldProps {
  /** Null: once. */
  value: Repetition | null;
  onChange: (value: Repetition | null) => void;
  allowOnce?: boolean;
}

/** When a report is made: once, or every day, week or month. */
export function RepetitionField({ value, onChange, allowOnce = false }: RepetitionFieldProps) {
  const choices = [
    ...(allowOnce ? [{ value: "once", label: "Once, now" }] : []),
    { value: "day", label: "Daily" },
    { value: "week", label: "Weekly" },
    { value: "month", label: "Monthly" },
  ];
  const hour = value?.hour ?? 8;
  const timeZone = value?.timeZone ?? ownTimeZone;
  const choose = (every: string) => onChange(repetitionOf(every, hour, timeZone));
  return (
    <fieldset className={classes.field}>
      <legend>When it is made</legend>
      <SegmentedControl
        aria-label="When it is made"
        value={(value?.every ?? "once") satisfies Every}
        onChange={choose}
        data={choices}
      />
      {value && (
        <div className={classes.details}>
          {value.every === "week" && (
            <NativeSelect
              label="Day"
              value={value.weekday}
              data={weekdays.map((day) => ({ value: day, label: capitalized(day) }))}
              onChange={(event) => {
                const weekday = weekdays.find((day) => day === event.currentTarget.value);
                if (weekday) onChange({ ...value, weekday });
              }}
            />
          )}
          {value.every === "month" && (
            <NativeSelect
              label="Day"
              value={String(value.day)}
              data={[
                ...Array.from({ length: 28 }, (_, index) => String(index + 1)),
                { value: "last", label: "Last day" },
              ]}
              onChange={({ currentTarget }) =>
                onChange({ ...value, day: currentTarget.value === "last" ? "last" : Number(currentTarget.value) })
              }
            />
          )}
          <NativeSelect
            label="Hour"
            value={String(value.hour)}
            data={Array.from({ length: 24 }, (_, index) => ({ value: String(index), label: hourText(index) }))}
            onChange={(event) => onChange({ ...value, hour: Number(event.currentTarget.value) })}
          />
          <NativeSelect
            label="Time zone"
            value={value.timeZone}
            data={timeZones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
            onChange={(event) => onChange({ ...value, timeZone: event.currentTarget.value })}
          />
        </div>
      )}
    </fieldset>
  );
}

function repetitionOf(every: string, hour: number, timeZone: string): Repetition | null {
  if (every === "day") return { every, hour, timeZone };
  if (every === "week") return { every, weekday: "monday", hour, timeZone };
  return every === "month" ? { every, day: 1, hour, timeZone } : null;
}
