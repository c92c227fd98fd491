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

export type Kind = Exclude<EntryView["kind"], "handover" | "feedback">;

type Written = { kind: Kind; text: string };

export function useSendMessage(id: string): UseMutationResult<EntryView, Problem, Written> {
  return useChange<Written, EntryView>({
    send: (body, key) =>
      answer(api.POST("/api/v1/referrals/{id}/entries", {
        params: { path: { id }, header: { "Idempotency-Key": key() } },
        body,
      })),
    // Word from the provider moves its deadline.
    refreshes: () => [["referral", id]],
  });
}
