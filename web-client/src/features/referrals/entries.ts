import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { Problem } from "#api/problems.ts";
import type { EntryView } from "#api/shapes.ts";

export function useEntries(id: string): UseQueryResult<EntryView[], Problem> {
  return useQuery<EntryView[], Problem>({
    queryKey: ["referral", id, "entries"],
    queryFn: async () => (await answer(api.GET("/api/v1/referrals/{id}/entries", { params: { path: { id } } }))).items,
    refetchInterval: 60_000,
  });
}

export function useSendMessage(id: string): UseMutationResult<EntryView, Problem, string> {
  return useChange<string, EntryView>({
    send: (text, key) =>
      answer(api.POST("/api/v1/referrals/{id}/entries", {
        params: { path: { id }, header: { "Idempotency-Key": key() } },
        body: { kind: "message", text },
      })),
    refreshes: () => [["referral", id, "entries"]],
  });
}
