import { useSyncExternalStore } from "react";
import { Problem } from "./problems.ts";

let waiting: { isProven: Promise<boolean>; settle: (isProven: boolean) => void } | undefined;
const listeners = new Set<() => void>();

function ask(): Promise<boolean> {
  if (!waiting) {
    let resolve: (isProven: boolean) => void = () => undefined;
    waiting = { isProven: new Promise((settled) => (resolve = settled)), settle: (isProven) => resolve(isProven) };
    listeners.forEach((listener) => listener());
  }
  return waiting.isProven;
}

/** Whether something waits to be sent until whoever sends it has signed in again. */
export const proof = {
  settle(isProven: boolean): void {
    const settled = waiting;
    waiting = undefined;
    settled?.settle(isProven);
    listeners.forEach((listener) => listener());
  },
  useAsked: (): boolean =>
    useSyncExternalStore(
      (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      () => waiting !== undefined,
    ),
};

/** Sends it; where the server first wants a sign-in that is not long ago, the same again after that, or not at all. */
export async function proven<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (fault) {
      if (!(fault instanceof Problem && fault.code === "sign_in_again" && await ask())) {
        throw fault;
      }
    }
  }
}
