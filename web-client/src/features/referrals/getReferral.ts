import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged } from "#api/client.ts";
import { usePolledOne } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { components } from "#api/generated.ts";
import { useMe } from "#api/session.ts";
import type { ReferralView, VictimView } from "#api/shapes.ts";

export function useReferral(id: string): UseQueryResult<Tagged<ReferralView>, Problem> {
  return usePolledOne<ReferralView>(["referral", id], (header) => api.GET("/api/v1/referrals/{id}", { params: { header, path: { id } } }));
}

/** Whose case it is, for those who could do something about that. */
export function useShell(victimId: string): UseQueryResult<VictimView, Problem> {
  return useQuery<VictimView, Problem>({
    queryKey: ["victim", victimId],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}", { params: { path: { id: victimId } } })),
    enabled: useMe().data?.areas.includes("desk") ?? false,
  });
}

type Moment = components["schemas"]["ReferralMoment"];

export function useReferralHistory(id: string): UseQueryResult<Moment[], Problem> {
  return useQuery<Moment[], Problem>({
    queryKey: ["referral", id, "history"],
    queryFn: async () => (await answer(api.GET("/api/v1/referrals/{id}/history", { params: { path: { id } } }))).items,
  });
}
