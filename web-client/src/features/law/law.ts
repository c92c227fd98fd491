import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import { remembered } from "#api/reference.ts";

export type LawRow = components["schemas"]["LawRow"];

/** One row for each province. Without a connection as it was told last for the same question. */
export function useLawRules(purpose: LawRow["purpose"], on: string): UseQueryResult<LawRow[], Problem> {
  return useQuery<LawRow[], Problem>({
    queryKey: ["law", purpose, on],
    queryFn: () => remembered(`law/${purpose}/${on}`, async () => (await answer(api.GET("/api/v1/law/rules", { params: { query: { purpose, on } } }))).items),
    staleTime: 3_600_000,
  });
}
