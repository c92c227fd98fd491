import { type InfiniteData, useQueryClient, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect } from "react";
import { useOnline } from "#api/reach.ts";
import { useMe } from "#api/session.ts";
import { useMinute } from "#ui/Chips.tsx";
import type { Problem } from "#api/problems.ts";

const current = 2 * 60_000;

type Query<Page> = UseInfiniteQueryResult<InfiniteData<Page>, Problem>;

/**
 * Keeps the first page of a list of work on this phone, and shows it while there is no connection.
 * @returns When it was read, where that is longer ago than a list that is asked for each minute should be.
 */
export function useKeptList<Page>(key: readonly string[], query: Query<Page>): number | undefined {
  const cache = useQueryClient();
  const worker = useMe().data?.id;
  const id = key.join("/");
  const { data, dataUpdatedAt, error } = query;
  const online = useOnline();
  const isUnreachable = data === undefined && (error?.status === 0 || !online);
  useEffect(() => {
    const first = data?.pages[0];
    // Only what came just now: what was kept is not kept anew.
    if (worker && first && Date.now() - dataUpdatedAt < 5000) {
      void import("#drafts/worklists.ts").then(({ keepWorklist }) => keepWorklist(worker, id, { at: dataUpdatedAt, value: first })).catch(() => undefined);
    }
  }, [worker, id, data, dataUpdatedAt]);
  useEffect(() => {
    if (worker && isUnreachable) {
      void import("#drafts/worklists.ts").then(({ keptWorklist }) => keptWorklist<Page>(worker, id)).then((kept) => {
        if (kept && cache.getQueryData(id.split("/")) === undefined) {
          cache.setQueryData<InfiniteData<Page>>(id.split("/"), { pages: [kept.value], pageParams: [undefined] }, { updatedAt: kept.at });
        }
      }).catch(() => undefined);
    }
  }, [worker, id, isUnreachable, cache]);
  const isOld = useMinute() - dataUpdatedAt > current;
  return data !== undefined && (error || isOld) ? dataUpdatedAt : undefined;
}
