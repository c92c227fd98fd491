import { useSyncExternalStore } from "react";

let isEnded = false;
const listeners = new Set<() => void>();

/** Whether the session ended while work was open: the page is covered, nothing on it is lost. */
export const ended = {
  set(value: boolean): void {
    isEnded = value;
    listeners.forEach((listener) => listener());
  },
  use: (): boolean =>
    useSyncExternalStore(
      (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      () => isEnded,
    ),
};
