import { useQuery, type UseMutationResult, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { answer, api, tagged } from "#api/client.ts";
import { useChange } from "#api/changes.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

type Schemas = components["schemas"];

export type Service = Schemas["ServiceView"];
export type Places = Schemas["CapacityView"];
export type Count = { serviceId: string; population: Places["population"]; tag: string; body: Schemas["CapacityChange"] };

const all = ["services", "own"];

/** What the unit and those below it offer. */
export function useOwnServices(agencyId: string): UseQueryResult<Service[], Problem> {
  return useQuery<Service[], Problem>({
    queryKey: [...all, agencyId],
    queryFn: async () => (await answer(api.GET("/api/v1/services", { params: { query: { agencyId, limit: 100 } } }))).items,
  });
}

/** The same figures again say that they are still true. A stale one reads how things are and leaves what was typed. */
export function useCount(): UseMutationResult<Places, Problem, Count> {
  const cache = useQueryClient();
  return useChange<Count, Places>({
    send: async ({ serviceId: id, population, tag, body }) => {
      try {
        return await answer(api.PUT("/api/v1/services/{id}/capacity/{population}", { params: { path: { id, population }, header: { "If-Match": tag } }, body }));
      } catch (fault) {
        await cache.invalidateQueries({ queryKey: all });
        throw fault;
      }
    },
    refreshes: () => [all],
  });
}

/** The agency says that the service still helps whom it says it helps. */
export function useAssure(): UseMutationResult<Service, Problem, string> {
  return useChange<string, Service>({
    send: async (id, key) => {
      const { etag } = await tagged(api.GET("/api/v1/services/{id}", { params: { path: { id } } }));
      return answer(api.POST("/api/v1/services/{id}/assure", { params: { path: { id }, header: { "If-Match": etag, "Idempotency-Key": key() } } }));
    },
    refreshes: () => [all],
  });
}

const day = 86_400_000;

/** Why a figure should be looked at again. */
export function doubtOf({ asOf, doubtedAt }: Places, now = Date.now()): "doubted" | "old" | undefined {
  return doubtedAt ? "doubted" : !asOf || now - Date.parse(asOf) > day ? "old" : undefined;
}
