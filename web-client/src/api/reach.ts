import { useSyncExternalStore } from "react";
import { Problem } from "./problems.ts";

let isReached = true;
let answeredAt = 0;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());

window.addEventListener("offline", tell);
window.addEventListener("online", () => {
  isReached = true;
  tell();
});

function set(is: boolean): void {
  if (is !== isReached) {
    isReached = is;
    tell();
  }
}

/** The server answered. A phone may believe in a network that leads nowhere, so that counts as well. */
export function reached(): void {
  answeredAt = performance.now();
  set(true);
}

/**
 * Nothing came back, or nothing that is the server's. What was asked before the last answer says nothing about now: it may have hung for a minute.
 * @param askedAt By `performance.now()`.
 */
export function unreached(askedAt: number): Problem {
  if (askedAt >= answeredAt) {
    set(false);
  }
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

/** Whether the browser believes in a network: enough to try. */
export const useNetwork = (): boolean => useSyncExternalStore(onConnection, () => navigator.onLine);
