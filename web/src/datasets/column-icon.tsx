import { IconAbc, IconCalendar, IconHash, IconToggleLeft } from "@tabler/icons-react";
import { columnKind } from "../format/cells.ts";

const icons = { number: IconHash, time: IconCalendar, boolean: IconToggleLeft, text: IconAbc };

/** The mark of what a column holds; what it says stands beside it in words. */
export function ColumnIcon({ type, size = 16 }: { type: string; size?: number }) {
  const Icon = icons[columnKind(type)];
  return <Icon size={size} stroke={1.75} aria-hidden />;
}
