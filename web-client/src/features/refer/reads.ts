import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedView, PreviewView, ReferralView, VictimView } from "#api/shapes.ts";

export type Matches = components["schemas"]["MatchList"];

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

/** Free places change by the minute: read anew each time the page opens. */
export function useMatches(id: string, needId: string): UseQueryResult<Matches, Problem> {
  return useQuery<Matches, Problem>({
    queryKey: ["victim", id, "matches", needId],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}/needs/{needId}/matches", { params: { path: { id, needId } } })),
    staleTime: 0,
  });
}

export type Prepared = { referral: ReferralView; preview: PreviewView };

/** Each prepared referral with what its provider would see and by when it must answer. */
export function usePrepared(ids: readonly string[]): UseQueryResult<Prepared, Problem>[] {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ["referral", id, "prepared"],
      queryFn: async (): Promise<Prepared> => {
        const params = { params: { path: { id } } };
        const [referral, preview] = await Promise.all([
          answer(api.GET("/api/v1/referrals/{id}", params)), answer(api.GET("/api/v1/referrals/{id}/preview", params)),
        ]);
        return { referral, preview };
      },
      staleTime: 0,
    })),
  }) as UseQueryResult<Prepared, Problem>[];
}
