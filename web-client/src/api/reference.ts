import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useLanguage } from "#i18n/i18n.tsx";
import { answer, api } from "./client.ts";
import { Problem } from "./problems.ts";
import type { District, Helpline, Province, Ref, TaxonomyCode } from "./shapes.ts";

// Reference lists change with a release, so one reading lasts a visit.
const forVisit = { staleTime: Infinity, gcTime: Infinity } as const;

/** A list as the server tells it; without a connection as it told it last. */
export async function remembered<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    const value = await read();
    void import("#drafts/kept.ts").then(({ keepList }) => keepList(path, value)).catch(() => undefined);
    return value;
  } catch (fault) {
    const kept = fault instanceof Problem && fault.status === 0
      ? await import("#drafts/kept.ts").then(({ keptList }) => keptList<T>(path)).catch(() => undefined) : undefined;
    if (kept === undefined) {
      throw fault;
    }
    return kept;
  }
}

export type TaxonomyName =
  | "service_category" | "urgency" | "sex" | "age_band" | "age_status" | "decline_reason" | "cancel_reason" | "outcome" | "safe_exit" | "language"
  | "consent_capacity" | "consent_form" | "data_group" | "relation_kind" | "purpose_of_sharing" | "population" | "agency_kind"
  | "age_evidence_kind" | "access_role" | "basis_status" | "industry" | "disability_wg_domain" | "disability_wg_level" | "means_of_control" | "screening_indicator" | "service_constraint" | "referral_flag" | "record_kind" | "document_kind" | "withdrawal_reason" | "exploitation_type" | "incident_place_kind" | "legal_basis_kind"
  | "clock_kind" | "act_before_topic" | "likeness" | "like_because" | "transfer_reason" | "transfer_state" | "transfer_decline_reason"
  | "goal_state" | "visit_finding" | "follow_up_kind" | "critical_incident_kind" | "approval_kind" | "approval_state" | "closure_reason" | "closure_criterion" | "reopen_reason"
  | "report_kind" | "report_channel" | "report_outcome" | "group_kind" | "group_state"
  | "handover_direction" | "handover_state" | "handover_reason" | "handover_finding" | "claimant_check"
  | "law_purpose" | "law_release_state" | "law_answer_status" | "age_answer" | "age_place" | "age_decision_kind"
  | "best_interests_ground" | "basis_action" | "guardian_conflict" | "break_glass_reason" | "break_glass_answer"
  | "block_reason" | "person_mark" | "silent_alert_kind" | "journal_fault";

export function useTaxonomy(name: TaxonomyName): UseQueryResult<TaxonomyCode[], Problem> {
  return useQuery<TaxonomyCode[], Problem>({
    queryKey: ["taxonomy", name],
    queryFn: () => readTaxonomy(name),
    ...forVisit,
  });
}

export const readTaxonomy = (name: TaxonomyName): Promise<TaxonomyCode[]> =>
  remembered(`taxonomy/${name}`, async () => (await answer(api.GET("/api/v1/taxonomies/{name}", { params: { path: { name } } }))).codes);

export const readDistricts = (): Promise<District[]> => remembered("districts", async () => (await answer(api.GET("/api/v1/districts"))).items);

/** The word of a code in the language of the screen; the bare code while the list is still on its way. */
export function useLabel(name: TaxonomyName): (code: string | null | undefined) => string {
  const language = useLanguage();
  const { data = [] } = useTaxonomy(name);
  return (code) => {
    const labels = data.find((one) => one.code === code)?.labels;
    return labels?.[language] ?? labels?.["en"] ?? (code ?? "").replaceAll("_", " ");
  };
}

/** What can be chosen of a list of codes, in the language of the screen. */
export function useOptions(name: TaxonomyName): { value: string; label: string }[] {
  const language = useLanguage();
  return (useTaxonomy(name).data ?? []).filter(({ retired }) => !retired).map(({ code, labels }) => ({ value: code, label: labels[language] ?? labels["en"] ?? code }));
}

export function useHelplines(): UseQueryResult<Helpline[], Problem> {
  return useQuery<Helpline[], Problem>({
    queryKey: ["helplines"],
    queryFn: () => remembered("helplines", async () => (await answer(api.GET("/api/v1/helplines"))).items),
    ...forVisit,
  });
}

export function useDistricts(): UseQueryResult<District[], Problem> {
  return useQuery<District[], Problem>({
    queryKey: ["districts"],
    queryFn: readDistricts,
    ...forVisit,
  });
}

type Named = Pick<Ref, "nameEn" | "nameUr">;

/** An agency, service or district by its name in the language of the screen. */
export function useName(): (named: Named | null | undefined) => string {
  const language = useLanguage();
  return (named) => (language === "ur" ? named?.nameUr || named?.nameEn : named?.nameEn) ?? "";
}

export function useDistrictName(): (code: string | null | undefined) => string {
  const name = useName();
  const { data = [] } = useDistricts();
  return (code) => name(data.find((district) => district.code === code)) || (code ?? "");
}

/** Where a permission reaches: a province or a district, by its name. */
export function useAreaName(): (code: string) => string {
  const name = useName();
  const district = useDistrictName();
  const { data = [] } = useQuery<Province[], Problem>({
    queryKey: ["provinces"],
    queryFn: () => remembered("provinces", async () => (await answer(api.GET("/api/v1/provinces"))).items),
    ...forVisit,
  });
  return (code) => name(data.find((province) => province.code === code)) || district(code);
}
