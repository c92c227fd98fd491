import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedDraft, NeedView } from "#api/shapes.ts";

type Draft = Pick<NeedDraft, "category" | "urgency"> & { id: string };

export function useAddNeed(victimId: string): UseMutationResult<NeedView, Problem, Draft> {
  return useChange<Draft, NeedView>({
    send: (draft, key) =>
      answer(api.POST("/api/v1/victims/{id}/needs", {
        params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body: { ...draft, constraints: [] },
      })),
    refreshes: () => [["victim", victimId, "needs"]],
  });
}
