import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { ReferralView } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type Handover = Schemas["HandoverView"];
export type HandoverDraft = Schemas["HandoverDraft"];
export type Finding = Schemas["HandoverSettlement"]["finding"];
type Relation = Schemas["RecordRow"];

export function useReferral(id: string): UseQueryResult<ReferralView, Problem> {
  return useQuery<ReferralView, Problem>({
    queryKey: ["referral", id, "for handover"],
    queryFn: () => answer(api.GET("/api/v1/referrals/{id}", { params: { path: { id } } })),
  });
}

/** Oldest first: a read that is recorded. */
export function useHandovers(id: string): UseQueryResult<Handover[], Problem> {
  return useQuery<Handover[], Problem>({
    queryKey: ["referral", id, "handovers"],
    queryFn: async () => (await answer(api.GET("/api/v1/referrals/{id}/handovers", { params: { path: { id } } }))).items,
  });
}

/** Those who say that she belongs to them, without their names. */
export function useRelations(victimId: string): UseQueryResult<Relation[], Problem> {
  return useQuery<Relation[], Problem>({
    queryKey: ["victim", victimId, "relations"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id: victimId }, query: { kind: "relation" } } }))).items,
  });
}

const refreshes = (id: string) => (): string[][] => [["referrals"], ["referral", id]];

export function useWriteHandover(id: string): UseMutationResult<Handover, Problem, HandoverDraft> {
  return useChange<HandoverDraft, Handover>({
    send: (body, key) => answer(api.POST("/api/v1/referrals/{id}/handovers", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: refreshes(id),
  });
}

export function useConfirm(id: string, handoverId: string): UseMutationResult<Handover, Problem, Schemas["HandoverConfirmation"]> {
  return useChange<Schemas["HandoverConfirmation"], Handover>({
    send: (body, key) =>
      answer(api.POST("/api/v1/referrals/{id}/handovers/{handoverId}/confirm", { params: { path: { id, handoverId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: refreshes(id),
  });
}

export function useSettle(id: string, handoverId: string): UseMutationResult<Handover, Problem, Schemas["HandoverSettlement"]> {
  return useChange<Schemas["HandoverSettlement"], Handover>({
    send: (body, key) =>
      answer(api.POST("/api/v1/referrals/{id}/handovers/{handoverId}/settle", { params: { path: { id, handoverId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: refreshes(id),
  });
}
