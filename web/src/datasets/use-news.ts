import { notifications } from "@mantine/notifications";
import { useEffect, useRef } from "react";
import type { Dataset } from "../../../contract/index.ts";
import { news } from "./dataset-state.ts";

/** Tells when what went on beside the page has come to its end: a newer file, or the same one read in another way. */
export function useNews(dataset: Dataset | undefined): void {
  const before = useRef(dataset);
  useEffect(() => {
    const message = dataset && before.current ? news(before.current, dataset) : null;
    before.current = dataset;
    if (message !== null) notifications.show({ message, autoClose: 6000 });
  }, [dataset]);
}
