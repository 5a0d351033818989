import { Component, type ReactNode } from "react";
import { FailureNotice } from "./failure-notice.tsx";

interface ErrorBoundaryProps {
  /** What it is that may break, as in "this chart". */
  what: string;
  children: ReactNode;
}

/** Keeps what breaks while being drawn from taking the rest of the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <FailureNotice
        error={error}
        title={`Could not show ${this.props.what}`}
        onRetry={() => this.setState({ error: undefined })}
      />
    );
  }
}
