import { type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { VictimView } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type ClosureDraft = Schemas["ClosureDraft"];
export type Reopening = Schemas["Reopening"];
type Approval = Schemas["ApprovalView"];

/** Whether somebody waits for a second person to close it, or what that person said last. */
export function useClosure(victimId: string, enabled: boolean): UseQueryResult<Approval | null, Problem> {
  return useQuery<Approval | null, Problem>({
    queryKey: ["approvals", "of", victimId],
    queryFn: async () => (await answer(api.GET("/api/v1/approvals", { params: { query: { victimId } } }))).items.find(({ kind }) => kind === "closure") ?? null,
    enabled,
  });
}

export function useClose(victimId: string): UseMutationResult<Approval, Problem, ClosureDraft> {
  return useChange<ClosureDraft, Approval>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/close", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["approvals"], ["victim", victimId]],
  });
}

export function useReopen(victimId: string): UseMutationResult<VictimView, Problem, Reopening> {
  return useChange<Reopening, VictimView>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/reopen", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victims"], ["victim", victimId]],
  });
}
