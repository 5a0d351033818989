import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { FailureNotice } from "./failure-notice.tsx";

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface LoadingPanelProps<Data> {
  query: Query<Data>;
  /** What is being loaded, as in "your datasets". */
  what: string;
  /** What stands in its place meanwhile; three lines by default. */
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** The states of a query, handled once: what has been loaded stays on the screen whatever a later fetch does. */
export function LoadingPanel<Data>({ query, what, skeleton, children }: LoadingPanelProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) return <FailureNotice error={error} title={`Could not load ${what}`} onRetry={() => void refetch()} />;
  return (
    <div aria-busy="true">
      <span className="visually-hidden">{`Loading ${what}…`}</span>
      {skeleton ?? <Lines />}
    </div>
  );
}

function Lines() {
  return (
    <>
      <Skeleton h={14} w="60%" mb={10} />
      <Skeleton h={14} w="80%" mb={10} />
      <Skeleton h={14} w="45%" />
    </>
  );
}
