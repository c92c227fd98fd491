import type { ReactNode } from "react";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { type Family, StatusChip, UrgencyChip } from "#ui/Chips.tsx";

const families: Record<string, Family> = {
  submitted: "waiting", acknowledged: "waiting",
  info_requested: "asks", on_hold: "asks", cancel_requested: "asks",
  accepted: "going", scheduled: "going", in_transit: "going", in_service: "going",
  completed: "done",
  declined: "not", expired: "not", no_show: "not", ended_early: "not",
};

type StateProps = { state: string; phase?: string | null | undefined; party?: string };

/** A referral's state as the reader's side calls it: what is New to a provider is Sent to its sender. */
export function StateChip({ state, phase, party }: StateProps): ReactNode {
  const t = useText();
  const shown = phase && phase !== "none" && state === "accepted" ? phase : state;
  const id = shown === "submitted" && party === "sender" ? "parts.state_sent" : `parts.state_${shown}`;
  return <StatusChip family={families[shown] ?? "closed"} draft={shown === "draft"}>{t(id as TextId)}</StatusChip>;
}

const levels: Record<string, 1 | 2 | 3 | 4> = { emergency: 4, high: 3, medium: 2, low: 1 };

export function NeedUrgency({ code }: { code: string }): ReactNode {
  const t = useText();
  return <UrgencyChip level={levels[code] ?? 2}>{t(`parts.urgency_${code}` as TextId)}</UrgencyChip>;
}
