import { useEffect } from "react";

const idleAfter = 5 * 60_000;
const signs = ["pointerdown", "keydown", "scroll", "visibilitychange"] as const;

/** Calls once when nobody touched the page for five minutes; a sleeping phone counts by the clock. */
export function useIdle(watching: boolean, onIdle: () => void): void {
  useEffect(() => {
    if (!watching) {
      return undefined;
    }
    let last = Date.now();
    const check = (): boolean => {
      const idle = Date.now() - last >= idleAfter;
      if (idle) {
        stop();
        onIdle();
      }
      return idle;
    };
    const seen = (): void => {
      if (!check()) {
        last = Date.now();
      }
    };
    const timer = setInterval(check, 5000);
    const stop = (): void => {
      clearInterval(timer);
      signs.forEach((sign) => document.removeEventListener(sign, seen, true));
    };
    signs.forEach((sign) => document.addEventListener(sign, seen, true));
    return stop;
    // The newest handler is not needed: it only ends the session.
    // eslint-disable-next-line react/exhaustive-deps
  }, [watching]);
}
