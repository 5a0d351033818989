import { useSyncExternalStore } from "react";
import { parseSession, type Session } from "./session.ts";

const key = "quantibi.session";

interface SessionState {
  session: Session | null;
  /** Why the last session ended, where the person did not end it. */
  notice: string | null;
}

let state: SessionState = { session: parseSession(localStorage.getItem(key), Date.now()), notice: null };
const listeners = new Set<() => void>();

function set(next: SessionState): void {
  state = next;
  if (next.session) localStorage.setItem(key, JSON.stringify(next.session));
  else localStorage.removeItem(key);
  for (const listener of listeners) listener();
}

// Signing in or out in one tab holds for all.
addEventListener("storage", (event) => {
  if (event.key === key) set({ session: parseSession(event.newValue, Date.now()), notice: null });
});

/** The session, for calls outside of components. */
export function readSession(): Session | null {
  return state.session;
}

export function startSession(session: Session): void {
  set({ session, notice: null });
}

/** Signs out; `notice` says why, where the person did not ask for it. */
export function endSession(notice: string | null = null): void {
  if (state.session !== null) set({ session: null, notice });
}

export function useSession(): SessionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
