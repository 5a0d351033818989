import type { Dataset } from "../../../contract/index.ts";

interface Step {
  label: string;
  state: "done" | "current" | "ahead";
}

const labels = [
  "Sending the file",
  "Fetching it",
  "Finding columns and types",
  "Making it fast to query",
  "Looking at each column",
];
const stages = ["downloading", "detecting", "converting", "profiling"] as const;

/**
 * The steps from file to table, and the fraction (0–1) of the current one. `sent` is the fraction uploaded, null when it is
 * not being sent from here.
 */
export function ingestSteps(
  { status, progress }: Pick<Dataset, "status" | "progress">,
  sent: number | null,
): { fraction: number; steps: Step[] } {
  const current =
    status === "awaiting-upload" && sent !== null ? 0 : 1 + (progress ? stages.indexOf(progress.stage) : 0);
  return {
    fraction: current === 0 ? (sent ?? 0) : (progress?.fraction ?? 0),
    steps: labels.map((label, index) => ({
      label,
      state: index < current ? "done" : index === current ? "current" : "ahead",
    })),
  };
}
