import { Button } from "@mantine/core";
import { IconAlertTriangle, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ApiError } from "../api/api-error.ts";
import classes from "./feedback.module.css";
import { Prose } from "./prose.tsx";

interface FailureNoticeProps {
  error: unknown;
  /** What was being done, as a heading. */
  title: string;
  /** Offered where the same thing could succeed when tried again. */
  onRetry?: (() => void) | undefined;
  tone?: "danger" | "notice";
  children?: ReactNode;
}

/** Says what went wrong, in the words of whoever knows, and what can be done about it. */
export function FailureNotice({ error, title, onRetry, tone = "danger", children }: FailureNoticeProps) {
  const api = error instanceof ApiError ? error : undefined;
  const Icon = api?.kind === "network" ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <div className={classes.failure} data-tone={tone} role="alert">
      <Icon className={classes.failureIcon} size={20} stroke={1.75} aria-hidden />
      <div className={classes.failureBody}>
        <strong>{title}</strong>
        <p>
          <Prose text={error instanceof Error ? error.message : "Something went wrong."} />
        </p>
        {children}
        {api?.kind === "server" && api.requestId && <p className={classes.reference}>Reference {api.requestId}</p>}
        {onRetry && (api === undefined || api.isTransient) && (
          <Button size="xs" variant="default" mt="xs" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
