import { useLocalStorage } from "@mantine/hooks";
import { useCallback } from "react";

interface Dismissal {
  dismissed: boolean;
  dismiss: () => void;
  reopen: () => void;
}

/** Whether a notice has been closed in this browser, and how to close it; another `state` of it shows again. */
export function useDismissed(notice: string, state: string): Dismissal {
  const [closed, setClosed, forget] = useLocalStorage<string | null>({
    key: `quantibi.closed.${notice}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const dismiss = useCallback(() => setClosed(state), [setClosed, state]);
  return { dismissed: closed === state, dismiss, reopen: forget };
}
