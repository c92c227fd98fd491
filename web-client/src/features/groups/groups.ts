import { useQueries, useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, type Tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import { usePolledOne } from "#api/polled.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedDraft, VictimRow } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type Group = Schemas["GroupView"];
export type Member = Schemas["GroupMemberView"];
export type MemberAnswer = Schemas["MemberAnswer"];
export type Matches = Schemas["MatchList"];

export function useGroup(id: string): UseQueryResult<Tagged<Group>, Problem> {
  return usePolledOne<Group>(["group", id], (header) => api.GET("/api/v1/referral-groups/{id}", { params: { header, path: { id } } }));
}

export type Answer = { etag: string; members: MemberAnswer[] };

/** Undefined when the reader may see nothing of it any more. */
export function useAnswer(id: string): UseMutationResult<Group | undefined, Problem, Answer> {
  return useChange<Answer, Group | undefined>({
    send: ({ etag, members }, key) => answer(api.POST("/api/v1/referral-groups/{id}/answer", {
      params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body: { members },
    })),
    refreshes: (after) => [["referrals"], ["referral"], ...(after ? [["group", id]] : [])],
  });
}

export function useSubmit(id: string): UseMutationResult<Group | undefined, Problem, string> {
  return useChange<string, Group | undefined>({
    send: (etag, key) => answer(api.POST("/api/v1/referral-groups/{id}/submit", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } } })),
    refreshes: () => [["referrals"], ["referral"], ["group", id]],
  });
}

/** Asks a supervisor again whether those who are kept apart may arrive. */
export function useAskToPart(id: string): UseMutationResult<Group | undefined, Problem, { etag: string; words: string }> {
  return useChange<{ etag: string; words: string }, Group | undefined>({
    send: ({ etag, words }, key) => answer(api.POST("/api/v1/referral-groups/{id}/ask", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } }, body: { words } })),
    refreshes: () => [["group", id], ["approvals"]],
  });
}

export function useHousehold(id: string): UseQueryResult<VictimRow[], Problem> {
  return useQuery<VictimRow[], Problem>({
    queryKey: ["household", id],
    queryFn: async () => (await answer(api.GET("/api/v1/households/{id}", { params: { path: { id } } }))).items,
  });
}

/** A need of one of them. */
export type Needing = { victimId: string; needId: string };
export type Wanted = Pick<NeedDraft, "category" | "urgency"> & { victimIds: readonly string[] };

/** The same need of each, where it does not stand already. */
export function useNeedTogether(): UseMutationResult<Needing[], Problem, Wanted> {
  return useChange<Wanted, Needing[]>({
    send: async ({ category, urgency, victimIds }, key) => {
      const needing: Needing[] = [];
      for (const victimId of victimIds) {
        const path = { id: victimId };
        const { items } = await answer(api.GET("/api/v1/victims/{id}/needs", { params: { path } }));
        const known = items.find((need) => need.category === category && need.status === "open");
        const need = known ?? await answer(api.POST("/api/v1/victims/{id}/needs", {
          params: { path, header: { "Idempotency-Key": key(victimId) } }, body: { id: key(`id ${victimId}`), category, urgency, constraints: ["with_siblings"] },
        }));
        needing.push({ victimId, needId: need.id });
      }
      return needing;
    },
    refreshes: (needing) => needing.map(({ victimId }) => ["victim", victimId, "needs"]),
  });
}

/** Who could take each of them: read anew each time. */
export function useMatchesOfAll(needing: readonly Needing[]): UseQueryResult<Matches, Problem>[] {
  return useQueries({
    queries: needing.map(({ victimId, needId }) => ({
      queryKey: ["victim", victimId, "matches", needId],
      queryFn: () => answer(api.GET("/api/v1/victims/{id}/needs/{needId}/matches", { params: { path: { id: victimId, needId } } })),
      staleTime: 0,
    })),
  }) as UseQueryResult<Matches, Problem>[];
}

export type Together = { needing: readonly Needing[]; serviceId: string; together: boolean };

export function useDraftTogether(): UseMutationResult<Group, Problem, Together> {
  return useChange<Together, Group>({
    send: ({ needing, serviceId, together }, key) => answer(api.POST("/api/v1/referral-groups", {
      params: { header: { "Idempotency-Key": key() } },
      body: { id: key("id"), kind: "family", together, members: needing.map((one) => ({ ...one, id: key(`id ${one.victimId}`), serviceId, groups: ["identity" as const] })) },
    })),
    refreshes: ({ members }) => [["referrals"], ...members.map(({ referral }) => ["victim", referral.victimId])],
  });
}
