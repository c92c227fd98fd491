import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

export type Clock = components["schemas"]["ClockItem"];

/** By deadline, ids and codes only: they stay when the thing itself can no longer be seen. */
export function useClocks(): UseQueryResult<Clock[], Problem> {
  return useQuery<Clock[], Problem>({
    queryKey: ["clocks"],
    queryFn: async () => (await answer(api.GET("/api/v1/clocks", { params: { query: { limit: 100 } } }))).items,
    refetchInterval: 60_000,
  });
}

export function useDone(): UseMutationResult<Clock, Problem, string> {
  return useChange<string, Clock>({
    send: (id, key) => answer(api.POST("/api/v1/clocks/{id}/done", { params: { path: { id }, header: { "Idempotency-Key": key(id) } } })),
    refreshes: () => [["clocks"]],
  });
}
