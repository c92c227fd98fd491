import { useMutation, type UseMutationResult, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { answer, api } from "#api/client.ts";
import type { components } from "#api/generated.ts";
import type { Problem } from "#api/problems.ts";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { useText } from "#i18n/i18n.tsx";

export type Agency = components["schemas"]["AgencyRow"];
export type Worker = components["schemas"]["WorkerRef"];

/** Everybody who takes part. */
export function useAgencies(): UseQueryResult<Agency[], Problem> {
  return useQuery<Agency[], Problem>({
    queryKey: ["agencies", "every"],
    queryFn: async () => {
      const all: Agency[] = [];
      let cursor: string | undefined;
      do {
        const page: components["schemas"]["PageOfAgencyRow"] = await answer(api.GET("/api/v1/agencies", { params: { query: { limit: 200, ...(cursor && { cursor }) } } }));
        all.push(...page.items);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
    staleTime: 600_000,
  });
}

/** How a list that is filtered by typing shows an agency, found in both languages. */
export function useAgencyOption(): (agency: Agency) => { value: string; label: string; words: string; hint: string } {
  const t = useText();
  const name = useName();
  const kind = useLabel("agency_kind");
  const district = useDistrictName();
  return (agency) => ({
    value: agency.id, label: name(agency), words: `${agency.nameEn} ${agency.nameUr}`,
    hint: [kind(agency.kind), agency.district && district(agency.district)].filter(Boolean).join(t("parts.comma")),
  });
}

/** Who works there by name, in any script: no list of an agency's people is shown. */
export function useMatchWorkers(): UseMutationResult<readonly Worker[], Problem, { agencyId: string; name: string }> {
  return useMutation<readonly Worker[], Problem, { agencyId: string; name: string }>({
    mutationFn: async (body) => (await answer(api.POST("/api/v1/workers/match", { body }))).items,
  });
}
