import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Message = Schemas["VoiceMessage"];
export type Answer = Schemas["VoiceAnswer"];
export type Outcome = Answer["outcome"];
export type Reader = Schemas["ReaderRow"];

/** What becomes of each kind of wish; the first is meant most often. */
export const outcomes: Record<Message["kind"], readonly Outcome[]> = {
  call_back: ["called"],
  stop: ["stopped", "partly_stopped", "explained"],
  message: ["heard"],
  feedback: ["heard"],
};

/** A read that is written down: once a visit. */
export function useMessages(victimId: string): UseQueryResult<Message[], Problem> {
  return useQuery<Message[], Problem>({
    queryKey: ["victim", victimId, "messages"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/messages", { params: { path: { id: victimId } } }))).items,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function useReaders(victimId: string): UseQueryResult<Reader[], Problem> {
  return useQuery<Reader[], Problem>({
    queryKey: ["victim", victimId, "readers"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/readers", { params: { path: { id: victimId } } }))).items,
    gcTime: 0,
  });
}

/** The code is shown once and kept nowhere. */
export function useGiveCode(victimId: string): UseMutationResult<string, Problem, void> {
  return useChange<void, string>({
    send: async (_, key) => (await answer(api.POST("/api/v1/victims/{id}/follow-code", { params: { path: { id: victimId }, header: { "Idempotency-Key": key() } } }))).followCode,
  });
}

export function useAnswer(victimId: string, messageId: string): UseMutationResult<Message, Problem, Answer> {
  return useChange<Answer, Message>({
    send: (body, key) => answer(api.POST("/api/v1/victims/{id}/messages/{messageId}/answer", { params: { path: { id: victimId, messageId }, header: { "Idempotency-Key": key() } }, body })),
    refreshes: () => [["victim", victimId, "messages"], ["clocks"]],
  });
}
