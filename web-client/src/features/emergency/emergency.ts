import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { usePolled } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Access = Schemas["BreakGlassView"];
export type Draft = Schemas["BreakGlassDraft"];
export type Verdict = Schemas["BreakGlassVerdict"];
export type Answer = Verdict["answer"];

/** What the reader opened and nobody has answered for; for whoever answers, what waits as well. */
export function useAccesses(): UseQueryResult<Access[], Problem> {
  return usePolled<Schemas["PageOfBreakGlassView"], Access[]>(
    ["break-glass"], (header) => api.GET("/api/v1/break-glass", { params: { header, query: { limit: 100 } } }), ({ items }) => items);
}

/** One of them, with its words and the version that an answer names. */
export function useAccess(id: string): UseQueryResult<Tagged<Access>, Problem> {
  return useQuery<Tagged<Access>, Problem>({
    queryKey: ["break-glass", id],
    queryFn: () => tagged(api.GET("/api/v1/break-glass/{id}", { params: { path: { id } } })),
  });
}

export function useOpenCase(): UseMutationResult<Access, Problem, Draft> {
  return useChange<Draft, Access>({
    send: (body, key) => answer(api.POST("/api/v1/break-glass", { params: { header: { "Idempotency-Key": key() } }, body })),
    refreshes: ({ victimId }) => [["break-glass"], ...(victimId ? [["victim", victimId]] : [])],
  });
}

/** Undefined when the reader may see nothing of it any more. */
export function useEndAccess(id: string): UseMutationResult<Access | undefined, Problem, void> {
  return useChange<void, Access | undefined>({
    send: (_, key) => answer(api.POST("/api/v1/break-glass/{id}/end", { params: { path: { id }, header: { "Idempotency-Key": key() } } })),
    refreshes: (after) => [["break-glass"], ...(after?.victimId ? [["victim", after.victimId]] : [])],
  });
}

/** Undefined when the reader may see nothing of it any more. */
export function useReview(id: string, etag: string): UseMutationResult<Access | undefined, Problem, Verdict> {
  return useChange<Verdict, Access | undefined>({
    send: (body, key) => answer(api.POST("/api/v1/break-glass/{id}/review", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body })),
    refreshes: () => [["break-glass"]],
  });
}
