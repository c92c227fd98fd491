import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { again, type Asks, type Held, type Reply, type Tagged, taggedAgain } from "./client.ts";
import type { Problem } from "./problems.ts";

const everyMinute = { refetchInterval: 60_000 };

/** A list read again every minute, page by page: somebody may be waiting. What has not changed is not sent again. */
export function usePolledPages<P extends { next?: string | null | undefined }>(
  queryKey: string[], read: (header: Asks, cursor: { cursor?: string }) => Promise<Reply<P>>,
): UseInfiniteQueryResult<InfiniteData<Held<P>>, Problem> {
  return useInfiniteQuery<Held<P>, Problem, InfiniteData<Held<P>>, string[], string | undefined>({
    queryKey,
    queryFn: ({ client, pageParam }) => {
      const held = client.getQueryData<InfiniteData<Held<P>, string | undefined>>(queryKey);
      return again(held?.pages[held.pageParams.indexOf(pageParam)], (header) => read(header, pageParam ? { cursor: pageParam } : {}));
    },
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    ...everyMinute,
  });
}

/** The same of one page, and what is told of it. */
export function usePolled<P extends object, T>(queryKey: string[], read: (header: Asks) => Promise<Reply<P>>, select: (page: P) => T, enabled = true): UseQueryResult<T, Problem> {
  return useQuery<Held<P>, Problem, T>({
    queryKey,
    queryFn: ({ client }) => again(client.getQueryData<Held<P>>(queryKey), read),
    select,
    enabled,
    ...everyMinute,
  });
}

/** The same of one thing, with the version that a change of it names. */
export function usePolledOne<T>(queryKey: string[], read: (header: Asks) => Promise<Reply<T>>): UseQueryResult<Tagged<T>, Problem> {
  return useQuery<Tagged<T>, Problem>({
    queryKey,
    queryFn: ({ client }) => taggedAgain(client.getQueryData<Tagged<T>>(queryKey), read),
    ...everyMinute,
  });
}
