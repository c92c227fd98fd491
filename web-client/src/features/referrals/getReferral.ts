import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged, tagged } from "#api/client.ts";
import type { Problem } from "#api/problems.ts";
import type { components } from "#api/generated.ts";
import type { ReferralView } from "#api/shapes.ts";

export function useReferral(id: string): UseQueryResult<Tagged<ReferralView>, Problem> {
  return useQuery<Tagged<ReferralView>, Problem>({
    queryKey: ["referral", id],
    queryFn: () => tagged(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } })),
    refetchInterval: 60_000,
  });
}

type Moment = components["schemas"]["ReferralMoment"];

export function useReferralHistory(id: string): UseQueryResult<Moment[], Problem> {
  return useQuery<Moment[], Problem>({
    queryKey: ["referral", id, "history"],
    queryFn: async () => (await answer(api.GET("/api/v1/referrals/{id}/history", { params: { path: { id } } }))).items,
  });
}
