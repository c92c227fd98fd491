import type { ReferralDraft } from "#api/shapes.ts";
import { useDraft } from "#drafts/useDraft.ts";

type Group = ReferralDraft["groups"][number];

/** What has been chosen on the way from a need to a sent referral; kept until it is sent. */
export type Plan = {
  /** Empty: every open need. */
  needIds: string[];
  groups: Group[];
  /** By need: the service chosen, and the id its referral will have. */
  services: Record<string, string>;
  referrals: Record<string, string>;
  sent: string[];
};

const empty: Plan = { needIds: [], groups: [], services: {}, referrals: {}, sent: [] };

export const steps = ["needs", "permission", "matches", "check", "sent"] as const;
export type Step = (typeof steps)[number];

export function usePlan(worker: string, victimId: string): ReturnType<typeof useDraft<Plan>> {
  return useDraft<Plan>(worker, `refer-${victimId}`, "refer", empty);
}
