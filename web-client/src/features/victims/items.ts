import { useQuery, useQueryClient, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type ItemDraft = Schemas["RecordDraft"];
export type ItemKind = ItemDraft["kind"];
export type ItemBody = Schemas["Item"];
type ItemRow = Schemas["RecordRow"];

export const itemKinds = ["incident", "screening", "note", "relation", "plan", "visit", "critical_incident", "age_evidence"] as const satisfies readonly ItemKind[];

/** Those that are written from the list of what can be told; the others have a place of their own. */
export const isListed = (kind: ItemKind): boolean => ["incident", "screening", "note", "relation"].includes(kind);

/** Where an item of a kind is read, on the case. */
export function pathOf(victimId: string, kind: ItemKind): string {
  const place = ({ plan: "/plan", visit: "/visits", age_evidence: "/age" } as Partial<Record<ItemKind, string>>)[kind];
  return `/cases/${victimId}${place ?? ""}`;
}

/** What was written, without its words. */
export function useItems(victimId: string): UseQueryResult<ItemRow[], Problem> {
  return useQuery<ItemRow[], Problem>({
    queryKey: ["victim", victimId, "items"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id: victimId } } }))).items,
  });
}

export function useItemsOf(victimId: string, kind: ItemKind): UseQueryResult<ItemRow[], Problem> {
  return useQuery<ItemRow[], Problem>({
    queryKey: ["victim", victimId, "items", kind],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id: victimId }, query: { kind } } }))).items,
  });
}

/** Visits that somebody has to make, the nearest first. */
export function useVisitsDue(victimId: string): UseQueryResult<Schemas["ClockItem"][], Problem> {
  return useQuery<Schemas["ClockItem"][], Problem>({
    queryKey: ["victim", victimId, "visits due"],
    queryFn: async () => (await answer(api.GET("/api/v1/clocks", { params: { query: { kind: "follow_up", victimId } } }))).items,
  });
}

export type ItemView = Schemas["RecordView"];
export type ItemChange = Required<Schemas["RecordChange"]>;

const keyOf = (victimId: string, recordId: string): string[] => ["item", victimId, recordId];

/** Read for writing: a read that is recorded, so once, and forgotten when the form is left. */
export function useItem(victimId: string, recordId: string): UseQueryResult<Tagged<ItemView>, Problem> {
  return useQuery<Tagged<ItemView>, Problem>({
    queryKey: keyOf(victimId, recordId),
    queryFn: () => tagged(api.GET("/api/v1/victims/{id}/records/{recordId}", { params: { path: { id: victimId, recordId } } })),
    staleTime: Infinity,
    gcTime: 0,
  });
}

/** Where somebody else was faster, what they wrote is read: the form then shows both. */
export function useSaveItem(victimId: string, recordId: string): UseMutationResult<ItemView, Problem, { etag: string; change: ItemChange }> {
  const cache = useQueryClient();
  return useChange<{ etag: string; change: ItemChange }, ItemView>({
    send: async ({ etag, change }) => {
      try {
        return await answer(api.PUT("/api/v1/victims/{id}/records/{recordId}", {
          params: { path: { id: victimId, recordId }, header: { "If-Match": etag } }, body: change,
        }));
      } catch (fault) {
        if ((fault as Problem).status === 412) {
          await cache.invalidateQueries({ queryKey: keyOf(victimId, recordId) });
        }
        throw fault;
      }
    },
    refreshes: () => [["victim", victimId]],
  });
}
