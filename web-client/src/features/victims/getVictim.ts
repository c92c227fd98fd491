import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedView, ReferralRow, VictimView } from "#api/shapes.ts";

type Schemas = components["schemas"];
type Page = Schemas["PageOfVictimRow"];
export type Show = "open" | "closed";

/** The documents that this client shows. */
export const readable = ["identity", "contact", "demographics", "health"];

export function useVictims(show: Show): UseInfiniteQueryResult<InfiniteData<Page>, Problem> {
  return useInfiniteQuery<Page, Problem, InfiniteData<Page>, string[], string | undefined>({
    queryKey: ["victims", show],
    queryFn: ({ pageParam }) =>
      answer(api.GET("/api/v1/victims", { params: { query: { show, ...(pageParam && { cursor: pageParam }) } } })),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useVictim(id: string): UseQueryResult<VictimView, Problem> {
  return useQuery<VictimView, Problem>({
    queryKey: ["victim", id],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}", { params: { path: { id } } })),
  });
}

export function useNeeds(id: string): UseQueryResult<NeedView[], Problem> {
  return useQuery<NeedView[], Problem>({
    queryKey: ["victim", id, "needs"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/needs", { params: { path: { id } } }))).items,
  });
}

/** The referrals sent for one person. */
export function useReferralsOf(victimId: string): UseQueryResult<ReferralRow[], Problem> {
  return useQuery<ReferralRow[], Problem>({
    queryKey: ["referrals", "of", victimId],
    queryFn: async () => (await answer(api.GET("/api/v1/referrals", { params: { query: { victimId } } }))).items,
  });
}

export function useAccessLog(id: string): UseQueryResult<Schemas["AccessLogRow"][], Problem> {
  return useQuery<Schemas["AccessLogRow"][], Problem>({
    queryKey: ["victim", id, "access-log"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/access-log", { params: { path: { id } } }))).items,
  });
}
