import { useSyncExternalStore } from "react";
import { Problem } from "./problems.ts";

let isReached = true;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

window.addEventListener("offline", tell);
window.addEventListener("online", () => {
  isReached = true;
  tell();
});

/** Whether the server answered when it was last asked: a phone may believe in a network that leads nowhere. */
export function reached(is: boolean): void {
  if (is !== isReached) {
    isReached = is;
    tell();
  }
}

/** Nothing came back, or nothing that is the server's. */
export function unreached(): Problem {
  reached(false);
  return Problem.offline();
}

/** Whether there is a connection, by the browser and by what became of the last request. */
export const isOnline = (): boolean => navigator.onLine && isReached;

/** Calls whenever that may have changed, until the answer is called. */
export function onConnection(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

export const useOnline = (): boolean => useSyncExternalStore(onConnection, isOnline);
