import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { Problem } from "#api/problems.ts";
import type { components } from "#api/generated.ts";

export type Box = "received" | "sent";
export type Show = "open" | "due" | "overdue" | "closed";
type Page = components["schemas"]["PageOfReferralRow"];

/** The queue by deadline, read again every minute: somebody may be waiting. */
export function useReferrals(box: Box, show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return useInfiniteQuery<Page, Problem, InfiniteData<Page>, string[], string | undefined>({
    queryKey: ["referrals", box, show],
    queryFn: ({ pageParam }) =>
      answer(api.GET("/api/v1/referrals", { params: { query: { box, show, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 60_000,
  });
}
