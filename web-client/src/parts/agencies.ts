import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";

export type Agency = components["schemas"]["AgencyRow"];

/** Everybody who takes part. */
export function useAgencies(): UseQueryResult<Agency[], Problem> {
  return useQuery<Agency[], Problem>({
    queryKey: ["agencies", "every"],
    queryFn: async () => {
      const all: Agency[] = [];
      let cursor: string | undefined;
      do {
        const page = await answer(api.GET("/api/v1/agencies", { params: { query: { limit: 200, ...(cursor && { cursor }) } } }));
        all.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
    staleTime: Infinity,
  });
}
