import type { BasisDraft } from "#api/shapes.ts";
import type { Group } from "./plan.ts";

// Whom a need can lead to. The permission names kinds of agencies, so that the next one may be asked at night without waking anybody.
type Kind = NonNullable<BasisDraft["recipients"]["kinds"]>[number];

const care: readonly Kind[] = ["shelter", "child_protection", "women_protection", "social_welfare", "ngo"];
const health: readonly Kind[] = ["health", "ngo"];
const law: readonly Kind[] = ["legal_aid", "police", "prosecution", "court", "ngo"];

const kindsByCategory: Record<string, readonly Kind[]> = {
  medical_care: health,
  emergency_health_sexual_violence: health,
  medico_legal_examination: [...health, "police"],
  mental_health_psychosocial: [...health, ...care],
  substance_use_treatment: health,
  disability_support: [...health, ...care],
  legal_aid: law,
  court_support: law,
  bonded_debt_release: [...law, "labour", "vigilance_committee", "district_administration"],
  wage_recovery_compensation: [...law, "labour"],
  police_protection: ["police", "emergency_service"],
  rescue_from_danger: ["police", "emergency_service", "child_protection"],
  education_school_enrolment: ["education", "ngo"],
  non_formal_education: ["education", "ngo"],
  documentation_birth_registration_cnic: ["registration_authority", "social_welfare", "ngo"],
  cash_assistance: ["social_protection", "social_welfare", "ngo"],
};

export function recipientKinds(categories: readonly string[]): Kind[] {
  return [...new Set(categories.flatMap((category) => kindsByCategory[category] ?? care))];
}

const healthCategories = new Set(["safe_shelter", "emergency_accommodation", ...Object.keys(kindsByCategory).filter((one) => kindsByCategory[one] === health)]);

/** What is usually needed to help; each tick can be taken away. */
export function usualGroups(categories: readonly string[]): Group[] {
  return categories.some((one) => healthCategories.has(one)) ? ["identity", "demographics", "health"] : ["identity", "demographics"];
}

export function purposes(categories: readonly string[]): BasisDraft["purposes"] {
  return categories.some((one) => kindsByCategory[one] === health) ? ["provide_service", "medical_treatment"] : ["provide_service"];
}
