import { type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Block = Schemas["BlockView"];
export type BlockDraft = Schemas["BlockDraft"];

/** Who must not learn of her. A read that is recorded. */
export function useBlocks(victimId: string): UseQueryResult<Block[], Problem> {
  return useQuery<Block[], Problem>({
    queryKey: ["victim", victimId, "blocks"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/blocks", { params: { path: { id: victimId } } }))).items,
  });
}

export function useSetBlock(victimId: string): UseMutationResult<Block, Problem, BlockDraft> {
  return useChange<BlockDraft, Block>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/blocks", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId]],
  });
}

/** Proposes it; a second person decides at the desk. */
export function useAskLift(victimId: string, blockId: string): UseMutationResult<Block, Problem, string> {
  return useChange<string, Block>({
    send: (why, key) => answer(api.POST("/api/v1/victims/{id}/blocks/{blockId}/lift", {
      params: { path: { id: victimId, blockId }, header: { "Idempotency-Key": key() } }, body: { ...(why && { why }) },
    })),
    refreshes: () => [["victim", victimId, "blocks"], ["approvals"]],
  });
}
