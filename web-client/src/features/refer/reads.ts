import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import type { NeedView, PreviewView, ReferralView, VictimView } from "#api/shapes.ts";
import type { Share } from "./plan.ts";

type Schemas = components["schemas"];
export type Matches = Schemas["MatchList"];
export type ItemRow = Schemas["RecordRow"];

export function useVictim(id: string): UseQueryResult<VictimView, Problem> {
  return useQuery<VictimView, Problem>({
    queryKey: ["victim", id],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}", { params: { path: { id } } })),
  });
}

export function useNeeds(id: string): UseQueryResult<NeedView[], Problem> {
  return useQuery<NeedView[], Problem>({
    queryKey: ["victim", id, "needs"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/needs", { params: { path: { id } } }))).items,
  });
}

/** Free places change by the minute: read anew each time the page opens. */
export function useMatches(id: string, needId: string): UseQueryResult<Matches, Problem> {
  return useQuery<Matches, Problem>({
    queryKey: ["victim", id, "matches", needId],
    queryFn: () => answer(api.GET("/api/v1/victims/{id}/needs/{needId}/matches", { params: { path: { id, needId } } })),
    staleTime: 0,
  });
}

/** What was written of her item by item, without its words; what the reader cannot open is not there. */
export function useItems(id: string): UseQueryResult<ItemRow[], Problem> {
  return useQuery<ItemRow[], Problem>({
    queryKey: ["victim", id, "items"],
    queryFn: async () => (await answer(api.GET("/api/v1/victims/{id}/records", { params: { path: { id } } }))).items,
  });
}

/** Whether a piece may be given to one agency: a document by its group, an item by its id; undefined for what was not asked. */
export type Covers = (piece: string) => boolean | undefined;

/** Asked anew each time: a permission can end while somebody chooses. */
export function useCovers(id: string, agencyId: string | undefined, { groups, records }: Share): UseQueryResult<Covers, Problem> {
  return useQuery<Schemas["MayShareRow"][], Problem, Covers>({
    queryKey: ["victim", id, "may-share", agencyId, groups, records],
    queryFn: async () => (await answer(api.POST("/api/v1/victims/{id}/may-share", {
      params: { path: { id } }, body: { agencyId: agencyId ?? "", purpose: "provide_service", groups, records },
    }))).items,
    select: (rows) => (piece) => rows.find(({ group, recordId }) => (recordId ?? group) === piece)?.covered,
    enabled: agencyId !== undefined,
    staleTime: 0,
  });
}

export type Prepared = { referral: ReferralView; preview: PreviewView };

/** Each prepared referral with what its provider would see and by when it must answer. */
export function usePrepared(ids: readonly string[]): UseQueryResult<Prepared, Problem>[] {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ["referral", id, "prepared"],
      queryFn: async (): Promise<Prepared> => {
        const params = { params: { path: { id } } };
        const [referral, preview] = await Promise.all([
          answer(api.GET("/api/v1/referrals/{id}", params)), answer(api.GET("/api/v1/referrals/{id}/preview", params)),
        ]);
        return { referral, preview };
      },
      staleTime: 0,
    })),
  }) as UseQueryResult<Prepared, Problem>[];
}
