import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type ItemDraft = Schemas["RecordDraft"];
export type ItemKind = ItemDraft["kind"];
export type ItemBody = Schemas["Item"];
type ItemRow = Schemas["RecordRow"];

export const itemKinds = ["incident", "screening", "note"] as const satisfies readonly ItemKind[];

export function newItem(kind: ItemKind): ItemDraft {
  return { id: crypto.randomUUID(), kind, restricted: false, body: kind === "screening" ? { indicators: [] } : {} };
}

/** What was written, without its words. */
export function useItems(victimId: string): UseQueryResult<ItemRow[], Problem> {
  return useQuery<ItemRow[], Problem>({
    queryKey: ["victim", victimId, "items"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id: victimId } } }))).items,
  });
}

export function useAddItem(victimId: string): UseMutationResult<Schemas["RecordView"], Problem, ItemDraft> {
  return useChange<ItemDraft, Schemas["RecordView"]>({
    send: (body, key) =>
      answer(api.POST("/api/v1/victims/{id}/records", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId]],
  });
}
