import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { MatchView, ReferralView } from "#api/shapes.ts";

/** Who else can meet the same need, best first, without the one who could not. */
export function useNextMatches(referral: ReferralView): UseQueryResult<MatchView[], Problem> {
  return useQuery<MatchView[], Problem>({
    queryKey: ["referral", referral.id, "matches"],
    queryFn: async () => {
      const { items } = await answer(api.GET("/api/v1/referrals/{id}/matches", { params: { path: { id: referral.id } } }));
      return items.filter(({ service }) => service.id !== referral.service.id);
    },
  });
}

type Next = { referral: ReferralView; victimId: string; needId: string; serviceId: string; newId: string };

/** The same need and the same groups to another provider; pressing twice still sends once. */
export function useSendToNext(): UseMutationResult<ReferralView, Problem, Next> {
  return useChange<Next, ReferralView>({
    send: async ({ referral, victimId, needId, serviceId, newId }, key) => {
      const { constraints, chosen, urgency } = referral;
      const draft = await tagged(api.POST("/api/v1/referrals", {
        params: { header: { "Idempotency-Key": key() } },
        body: {
          id: newId, victimId, needId, serviceId, constraints,
          urgency: referral.askedUrgency ?? urgency,
          groups: [...new Set(chosen.filter((one) => !one.recordId).map((one) => one.group))],
          records: chosen.flatMap(({ recordId }) => recordId ?? []),
        },
      }));
      return answer(api.POST("/api/v1/referrals/{id}/{action}", {
        params: { path: { id: draft.value.id, action: "submit" }, header: { "If-Match": draft.etag, "Idempotency-Key": key("submit") } },
        body: {},
      }));
    },
    refreshes: () => [["referrals"]],
  });
}
