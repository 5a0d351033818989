import { useLocalStorage } from "@mantine/hooks";

/** Whether a notice has been closed in this browser, and how to close it; another `state` of it shows again. */
export function useDismissed(notice: string, state: string): [dismissed: boolean, dismiss: () => void] {
  const [closed, setClosed] = useLocalStorage<string | null>({
    key: `quantibi.closed.${notice}`,
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  return [closed === state, () => setClosed(state)];
}
