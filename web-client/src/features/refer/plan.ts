import type { NeedView, ReferralDraft } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";

export type Group = ReferralDraft["groups"][number];

/** What one provider is told once it accepts: documents by their group, items one by one. */
export type Share = { groups: Group[]; records: string[] };

/** What has been chosen on the way from a need to a sent referral; kept until it is sent. */
export type Plan = {
  /** Empty: every open need. */
  needIds: string[];
  /** What the permission was asked for. */
  groups: Group[];
  records: string[];
  /** By need: what goes along with its referral, once that was chosen. */
  shares: Record<string, Share>;
  /** By need: the service chosen, who is asked after it, and the id its referral will have. */
  services: Record<string, string>;
  fallbacks: Record<string, string[]>;
  referrals: Record<string, string>;
  sent: string[];
};

const empty: Plan = { needIds: [], groups: [], records: [], shares: {}, services: {}, fallbacks: {}, referrals: {}, sent: [] };

export const steps = ["needs", "permission", "matches", "share", "check", "sent"] as const;
export type Step = (typeof steps)[number];

export function usePlan(worker: string, victimId: string): ReturnType<typeof useDraft<Plan>> {
  const draft = useDraft<Plan>(worker, `refer-${victimId}`, "refer", empty);
  // A plan that an older release kept lacks what it did not know.
  return { ...draft, value: draft.value && { ...empty, ...draft.value } };
}

/** Nobody is told more than they need: with several providers, items wait until somebody says which of them gets which. */
export function shareOf(plan: Plan, needId: string): Share {
  return plan.shares[needId] ?? { groups: plan.groups, records: Object.keys(plan.services).length > 1 ? [] : plan.records };
}

export function draftOf(victimId: string, need: NeedView, plan: Plan): ReferralDraft {
  const serviceId = plan.services[need.id] ?? "";
  return {
    victimId, needId: need.id, serviceId, urgency: need.urgency, constraints: need.constraints, ...shareOf(plan, need.id),
    fallbacks: (plan.fallbacks[need.id] ?? []).filter((id) => id !== serviceId),
  };
}
