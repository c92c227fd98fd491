import { useEffect, useRef, useState } from "react";
import { idleAfter, seen } from "#api/seen.ts";

const warnBefore = 60_000;
const signs = ["pointerdown", "keydown", "scroll", "visibilitychange"] as const;

/** Ends the session when nobody touched the page for five minutes, in any tab; true in the last of them. A sleeping phone counts by the clock. */
export function useIdle(watching: boolean, onIdle: () => void): boolean {
  const [warned, setWarned] = useState(false);
  const end = useRef(onIdle);
  useEffect(() => {
    end.current = onIdle;
  });
  useEffect(() => {
    if (!watching) {
      return undefined;
    }
    const check = (): boolean => {
      const idle = Date.now() - seen.at();
      setWarned(idle >= idleAfter - warnBefore && idle < idleAfter);
      if (idle >= idleAfter) {
        stop();
        end.current();
      }
      return idle >= idleAfter;
    };
    const touched = (): void => {
      if (!seen.isKnown()) {
        // The session was ended elsewhere, and word of it did not arrive.
        stop();
        end.current();
      } else if (!check()) {
        seen.note();
        setWarned(false);
      }
    };
    seen.note();
    const timer = setInterval(check, 5000);
    const stop = (): void => {
      clearInterval(timer);
      signs.forEach((sign) => document.removeEventListener(sign, touched, true));
    };
    signs.forEach((sign) => document.addEventListener(sign, touched, true));
    return stop;
  }, [watching]);
  return warned && watching;
}
