import { useCallback, useEffect, useRef, useState } from "react";
import { makeKey, reseal } from "./sealed.ts";
import { type Draft, dropDraft, readDraft, saveDraft } from "./vault.ts";

const afterLastKey = 1000;

export type Kept<T> = {
  /** Undefined while it is being opened. */
  value: T | undefined;
  /** Shows at once, keeps a second after the last change and whenever the page is hidden. */
  change: (next: T) => void;
  /** Keeps now: before going to the next question. */
  keep: (next: T) => Promise<void>;
  drop: () => Promise<void>;
  /** It was sent, and the next may be written at the same place. */
  renew: (next: T) => Promise<void>;
};

/** One draft of one worker, read once and kept as it grows. */
export function useDraft<T>(worker: string, id: string, kind: string, empty: T): Kept<T> {
  const [draft, setDraft] = useState<Draft<T>>();
  const latest = useRef<Draft<T>>(undefined);
  const unsaved = useRef(false);
  const isDropped = useRef(false);

  const start = (value: T): Draft<T> => ({ id, kind, startedAt: Date.now(), savedAt: Date.now(), value });

  useEffect(() => {
    let wanted = true;
    void makeKey(worker).then(() => readDraft<T>(worker, id)).catch(() => undefined).then((found) => {
      // Who was faster than the phone goes on with what she typed.
      if (wanted && latest.current?.id !== id) {
        latest.current = found ?? start(empty);
        setDraft(latest.current);
      }
    });
    return () => {
      wanted = false;
    };
    // `empty` only matters the first time.
    // eslint-disable-next-line react/exhaustive-deps
  }, [worker, id, kind]);

  const save = useCallback(async () => {
    if (unsaved.current && latest.current) {
      unsaved.current = false;
      await saveDraft(worker, latest.current, reseal);
    }
  }, [worker]);

  useEffect(() => {
    const hidden = (): void => {
      if (document.visibilityState === "hidden") {
        void save();
      }
    };
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      void save();
    };
  }, [save]);

  useEffect(() => {
    const timer = setTimeout(() => void save(), afterLastKey);
    return () => clearTimeout(timer);
  }, [draft, save]);

  const change = (value: T): void => {
    if (isDropped.current) {
      return;
    }
    latest.current = { ...(latest.current ?? start(value)), value, savedAt: Date.now() };
    unsaved.current = true;
    setDraft(latest.current);
  };
  return {
    value: draft?.value,
    change,
    keep: async (value) => {
      change(value);
      await save();
    },
    renew: async (value) => {
      unsaved.current = false;
      latest.current = start(value);
      setDraft(latest.current);
      await dropDraft(worker, id);
    },
    drop: async () => {
      isDropped.current = true;
      unsaved.current = false;
      latest.current = undefined;
      await dropDraft(worker, id);
    },
  };
}
