import { useCallback, useEffect } from "react";
import type { Problem } from "#api/problems.ts";
import type { Name } from "#ui/NameView.tsx";
import { useNames } from "./names.ts";

const shownFor = 60_000;

type ShownNames = {
  /** Undefined until asked for, and again after a minute. */
  named: Map<string, Name | undefined> | undefined;
  busy: boolean;
  error: Problem | null;
  show: (ids: string[]) => void;
  hide: () => void;
};

/** Names of a list: asked for, recorded by the server, forgotten after a minute. */
export function useShownNames(): ShownNames {
  const { data: named, isPending: busy, error, mutate: show, reset } = useNames();
  const hide = useCallback(() => reset(), [reset]);
  useEffect(() => {
    if (!named) {
      return undefined;
    }
    const timer = setTimeout(hide, shownFor);
    return () => clearTimeout(timer);
  }, [named, hide]);
  return { named, busy, error, show, hide };
}
