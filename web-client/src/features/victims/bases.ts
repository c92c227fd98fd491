import { useQuery, type UseMutationResult, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { BasisView } from "#api/shapes.ts";

type Schemas = components["schemas"];
export type Withdrawal = Schemas["Withdrawal"];

export function useBases(id: string): UseQueryResult<BasisView[], Problem> {
  return useQuery<BasisView[], Problem>({
    queryKey: ["victim", id, "bases"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/bases", { params: { path: { id } } }))).items,
  });
}

export type Groups = NonNullable<Withdrawal["groups"]>;

/** Who would lose access and what stays, before anything is ended; without groups, if all of it were taken back. */
export function useWhatIf(id: string, basisId: string, groups: Groups | undefined): UseQueryResult<Schemas["WhatIfView"], Problem> {
  return useQuery<Schemas["WhatIfView"], Problem>({
    queryKey: ["victim", id, "bases", basisId, "what-if", groups ?? "all"],
    queryFn: () => answer(api.POST("/api/v1/victims/{id}/bases/{basisId}/what-if", { params: { path: { id, basisId } }, body: groups ? { groups } : {} })),
    staleTime: 0,
  });
}

/** Reads the newest version first: a permission may be taken back whatever else has changed. */
export function useWithdraw(id: string, basisId: string): UseMutationResult<Schemas["WithdrawalView"], Problem, Withdrawal> {
  return useChange<Withdrawal, Schemas["WithdrawalView"]>({
    send: async (body, key) => {
      const path = { id, basisId };
      const { etag } = await tagged(api.GET("/api/v1/victims/{id}/bases/{basisId}", { params: { path } }));
      return answer(api.POST("/api/v1/victims/{id}/bases/{basisId}/withdraw", {
        params: { path, header: { "If-Match": etag, "Idempotency-Key": key() } }, body,
      }));
    },
    refreshes: () => [["victim", id], ["referrals"]],
  });
}
