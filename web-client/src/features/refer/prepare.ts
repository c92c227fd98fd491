import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedView, ReferralDraft, ReferralView } from "#api/shapes.ts";

export type Choice = { id: string; need: NeedView; serviceId: string };

/** Writes one draft a need. Nobody but the sender sees a draft. */
export function usePrepare(victimId: string): UseMutationResult<ReferralView[], Problem, { choices: Choice[]; groups: ReferralDraft["groups"] }> {
  return useChange<{ choices: Choice[]; groups: ReferralDraft["groups"] }, ReferralView[]>({
    send: async ({ choices, groups }, key) => {
      const prepared: ReferralView[] = [];
      for (const { id, need, serviceId } of choices) {
        prepared.push(await answer(api.POST("/api/v1/referrals", {
          params: { header: { "Idempotency-Key": key(id) } },
          body: { id, victimId, needId: need.id, serviceId, urgency: need.urgency, constraints: need.constraints, groups, records: [] },
        })));
      }
      return prepared;
    },
    refreshes: (prepared) => [["referrals"], ...prepared.map(({ id }) => ["referral", id])],
  });
}

/** Sends one after the other; what has already gone is not sent twice when the network breaks in between. */
export function useSend(victimId: string): UseMutationResult<ReferralView[], Problem, string[]> {
  return useChange<string[], ReferralView[]>({
    send: async (ids, key) => {
      const sent: ReferralView[] = [];
      for (const id of ids) {
        const { value, etag } = await tagged(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } }));
        sent.push(value.allowedActions.some(({ action }) => action === "submit")
          ? await answer(api.POST("/api/v1/referrals/{id}/{action}", {
            params: { path: { id, action: "submit" }, header: { "If-Match": etag, "Idempotency-Key": key(id) } }, body: {},
          }))
          : value);
      }
      return sent;
    },
    refreshes: (sent) => [["referrals"], ["victim", victimId], ["victims"], ...sent.map(({ id }) => ["referral", id])],
  });
}
