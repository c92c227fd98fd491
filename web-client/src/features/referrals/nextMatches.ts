import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
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
