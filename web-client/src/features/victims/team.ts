import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];
export type Member = Schemas["TeamMember"];

export function useTeam(id: string): UseQueryResult<Member[], Problem> {
  return useQuery<Member[], Problem>({
    queryKey: ["victim", id, "team"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/team", { params: { path: { id } } }))).items,
  });
}

/** Who could join. Why somebody cannot is never said. */
export function useAssignable(id: string): UseQueryResult<Schemas["AssignableView"][], Problem> {
  return useQuery<Schemas["AssignableView"][], Problem>({
    queryKey: ["victim", id, "assignable"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/assignable", { params: { path: { id } } }))).items,
    staleTime: 0,
  });
}

export function useJoin(id: string): UseMutationResult<Member, Problem, string> {
  return useChange<string, Member>({
    send: (workerId, key) => answer(api.POST("/api/v1/victims/{id}/team", { params: { path: { id }, header: { "Idempotency-Key": key() } }, body: { workerId } })),
    refreshes: () => [["victim", id]],
  });
}

export function useLeave(id: string): UseMutationResult<void, Problem, string> {
  return useChange<string, void>({
    send: async (workerId) => {
      await answer(api.DELETE("/api/v1/victims/{id}/team/{workerId}", { params: { path: { id, workerId } } }));
    },
    refreshes: () => [["victim", id], ["victims"]],
  });
}
