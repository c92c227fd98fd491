import { useQueries, useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import { type ItemView, useItemsOf } from "./items.ts";

type Schemas = components["schemas"];
export type AgeView = Schemas["AgeView"];
export type AgeRow = Schemas["AgeRowView"];
export type Purpose = AgeRow["purpose"];
type Decision = Schemas["AgeDecisionView"];

// Each look is written down: once for a question, and forgotten when the screen is left.
const once = { staleTime: Infinity, gcTime: 0 } as const;

export function useAge(victimId: string, purpose: Purpose, asOf: string): UseQueryResult<AgeView, Problem> {
  return useQuery<AgeView, Problem>({
    queryKey: ["victim", victimId, "age", purpose, asOf],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}/age", { params: { path: { id: victimId }, query: { purpose, asOf } } })),
    ...once,
  });
}

/** Who disputed or decided it, the newest first. */
export function useDecisions(victimId: string): UseQueryResult<Decision[], Problem> {
  return useQuery<Decision[], Problem>({
    queryKey: ["victim", victimId, "age decisions"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/age-determinations", { params: { path: { id: victimId } } }))).items,
    ...once,
  });
}

/** All evidence that can be read, with what it says: for whoever decides. Undefined until all of it is here. */
export function useEvidence(victimId: string): ItemView[] | undefined {
  const rows = useItemsOf(victimId, "age_evidence").data;
  return useQueries({
    queries: (rows ?? []).map(({ id: recordId }) => ({
      queryKey: ["item", victimId, recordId, "evidence"],
      queryFn: () => answer(api.GET("/api/v1/victims/{id}/records/{recordId}", { params: { path: { id: victimId, recordId } } })),
      ...once,
    })),
    combine: (read) => (rows && read.every(({ data }) => data) ? read.flatMap(({ data }) => data ?? []) : undefined),
  });
}

export function useDispute(victimId: string): UseMutationResult<Decision, Problem, Schemas["AgeDispute"]> {
  return useChange<Schemas["AgeDispute"], Decision>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/age-disputes", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId], ["victims"]],
  });
}

export function useDetermine(victimId: string): UseMutationResult<Decision, Problem, Schemas["AgeDetermination"]> {
  return useChange<Schemas["AgeDetermination"], Decision>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/age-determinations", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId], ["victims"]],
  });
}
