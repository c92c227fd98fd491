import { useEffect, useState } from "react";
import type { Tagged } from "#api/client.ts";
import { beginFrom, type Correction, type Cut, over } from "./correction.ts";
import { type Kept, useDraft } from "./useDraft.ts";

/** A change of something that two people may write, kept on the phone; undefined while what was read is laid under what was typed. */
export function useKeptCorrection<T extends object>(worker: string, id: string, kind: string, read: Tagged<T>, cut?: Cut): Kept<Correction<T>> {
  const draft = useDraft<Correction<T>>(worker, id, kind, beginFrom(read));
  return { ...draft, value: useOver(draft.value, read, draft.change, cut) };
}

/** The same for the length of a sheet. */
export function useCorrection<T extends object>(read: Tagged<T>, cut?: Cut): [Correction<T>, (next: Correction<T>) => void] {
  const [kept, change] = useState(() => beginFrom(read));
  return [useOver(kept, read, change, cut) ?? over(kept, read, cut), change];
}

function useOver<T extends object>(kept: Correction<T> | undefined, read: Tagged<T>, change: (next: Correction<T>) => void, cut: Cut | undefined): Correction<T> | undefined {
  const isBehind = kept !== undefined && kept.etag !== read.etag;
  useEffect(() => {
    if (kept && isBehind) {
      change(over(kept, read, cut));
    }
    // Once for each version that was read.
    // eslint-disable-next-line react/exhaustive-deps
  }, [isBehind, read.etag]);
  return isBehind ? undefined : kept;
}
