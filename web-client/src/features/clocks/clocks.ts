import type { UseMutationResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { Clock } from "#parts/Deadline.tsx";

export function useDone(): UseMutationResult<Clock, Problem, string> {
  return useChange<string, Clock>({
    send: (id, key) => answer(api.POST("/api/v1/clocks/{id}/done", { params: { path: { id }, header: { "Idempotency-Key": key(id) } } })),
    refreshes: () => [["clocks"]],
  });
}
