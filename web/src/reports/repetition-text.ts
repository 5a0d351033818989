import type { Repetition } from "../../../contract/index.ts";

/** "Every Monday at 08:00, Europe/Berlin". */
export function repetitionText(repetition: Repetition): string {
  return `${daysText(repetition)} at ${hourText(repetition.hour)}, ${repetition.timeZone.replaceAll("_", " ")}`;
}

export function hourText(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

function daysText(repetition: Repetition): string {
  switch (repetition.every) {
    case "day":
      return "Every day";
    case "week":
      return `Every ${capitalized(repetition.weekday)}`;
    case "month":
      return repetition.day === "last" ? "On the last day of each month" : `On day ${repetition.day} of each month`;
  }
}

export function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
