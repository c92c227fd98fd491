import type { UseMutationResult } from "@tanstack/react-query";
import { useChange } from "#api/changes.ts";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Status = Schemas["FollowView"]["status"];
export type Message = Schemas["FollowMessageDraft"];
export type Feedback = Schemas["FollowFeedbackDraft"];

// The code travels in the body and is kept nowhere: not in the address, not on the phone.
export function useStatus(): UseMutationResult<Status, Problem, string> {
  return useChange<string, Status>({
    send: async (followCode) => (await answer(api.POST("/api/v1/public/codes/status", { body: { followCode } }))).status,
  });
}

export function useSay(): UseMutationResult<unknown, Problem, Message> {
  return useChange<Message, unknown>({
    send: (body, key) => answer(api.POST("/api/v1/public/codes/messages", { params: { header: { "Idempotency-Key": key() } }, body })),
  });
}

export function useFeedback(): UseMutationResult<unknown, Problem, Feedback> {
  return useChange<Feedback, unknown>({
    send: (body, key) => answer(api.POST("/api/v1/public/codes/feedback", { params: { header: { "Idempotency-Key": key() } }, body })),
  });
}
