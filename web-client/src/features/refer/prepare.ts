import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { type Keys, useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedView, ReferralDraft, ReferralView } from "#api/shapes.ts";
import { draftOf, type Plan } from "./plan.ts";

type Ready = { needs: readonly NeedView[]; plan: Plan };

/** Writes one draft a need, or changes the one that waits; the plan then knows them. Nobody but the sender sees a draft. */
export function usePrepare(victimId: string): UseMutationResult<Plan, Problem, Ready> {
  return useChange<Ready, Plan>({
    send: async ({ needs, plan }, key) => {
      const referrals: Plan["referrals"] = {};
      for (const need of needs) {
        // Who is asked next is written as it is sent.
        const draft = { ...draftOf(victimId, need, plan), fallbacks: [] };
        const known = plan.referrals[need.id];
        const prepared = known ? await rewrite(known, draft, key, need.id) : await write(draft, key, need.id);
        referrals[need.id] = prepared.id;
      }
      return { ...plan, referrals };
    },
    refreshes: ({ referrals }) => [["referrals"], ...Object.values(referrals).map((id) => ["referral", id])],
  });
}

function write(draft: ReferralDraft, key: Keys, step: string): Promise<ReferralView> {
  return answer(api.POST("/api/v1/referrals", { params: { header: { "Idempotency-Key": key(step) } }, body: { ...draft, id: key(`id ${step}`) } }));
}

/** One that has gone already stays as it went; for another service a new one is written. */
async function rewrite(id: string, draft: ReferralDraft, key: Keys, step: string): Promise<ReferralView> {
  const { value, etag } = await tagged(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } }));
  if (isDraft(value)) {
    return answer(api.PUT("/api/v1/referrals/{id}", { params: { path: { id }, header: { "If-Match": etag } }, body: draft }));
  }
  return value.service.id === draft.serviceId ? value : write(draft, key, step);
}

/** Not sent yet. */
export const isDraft = ({ allowedActions }: ReferralView): boolean => allowedActions.some(({ action }) => action === "submit");

export type Sending = { id: string; draft: ReferralDraft };

/** Sends one after the other; what has already gone is not sent twice when the network breaks in between. */
export function useSend(victimId: string): UseMutationResult<ReferralView[], Problem, Sending[]> {
  return useChange<Sending[], ReferralView[]>({
    send: async (sendings, key) => {
      const sent: ReferralView[] = [];
      for (const { id, draft } of sendings) {
        const { value, etag } = await tagged(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } }));
        sent.push(isDraft(value) ? await submit(id, await withFallbacks(id, value, etag, draft), key(id)) : value);
      }
      return sent;
    },
    refreshes: (sent) => [["referrals"], ["victim", victimId], ["victims"], ...sent.map(({ id }) => ["referral", id])],
  });
}

/** Who is asked next was chosen after the draft was written. */
async function withFallbacks(id: string, { fallbacks }: ReferralView, etag: string, draft: ReferralDraft): Promise<string> {
  if (fallbacks.join() === (draft.fallbacks ?? []).join()) {
    return etag;
  }
  return (await tagged(api.PUT("/api/v1/referrals/{id}", { params: { path: { id }, header: { "If-Match": etag } }, body: draft }))).etag;
}

function submit(id: string, etag: string, key: string): Promise<ReferralView> {
  return answer(api.POST("/api/v1/referrals/{id}/{action}", {
    params: { path: { id, action: "submit" }, header: { "If-Match": etag, "Idempotency-Key": key } }, body: {},
  }));
}
