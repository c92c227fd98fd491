import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { ActionBody, ReferralView } from "#api/shapes.ts";

export type Act = { action: string; etag: string; body: ActionBody };

/** Takes one of the allowed actions. Undefined when the caller may see nothing of the referral any more. */
export function useAct(id: string): UseMutationResult<ReferralView | undefined, Problem, Act> {
  return useChange<Act, ReferralView | undefined>({
    send: ({ action, etag, body }, key) =>
      answer(api.POST("/api/v1/referrals/{id}/{action}", {
        params: { path: { id, action: action.replaceAll("_", "-") }, header: { "If-Match": etag, "Idempotency-Key": key() } },
        body,
      })),
    refreshes: (answered) => [["referrals"], ...(answered ? [["referral", id]] : [])],
  });
}
