import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { BasisDraft, BasisView } from "#api/shapes.ts";

/** The version of the text that was read aloud: a new wording gets a new one. */
export const scriptVersion = "2026-11.2";

export function useRecordPermission(victimId: string): UseMutationResult<BasisView, Problem, BasisDraft> {
  return useChange<BasisDraft, BasisView>({
    send: (body, key) =>
      answer(api.POST("/api/v1/victims/{id}/bases", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId]],
  });
}
