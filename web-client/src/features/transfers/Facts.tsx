import type { ReactNode } from "react";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { CaseCode } from "#parts/People.tsx";
import { type Family, StatusChip } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import type { Transfer } from "./transfers.ts";

const families: Record<string, Family> = { open: "waiting", accepted: "done", declined: "not", revoked: "closed", expired: "not", case_closed: "closed" };

export function TransferChip({ state }: { state: string }): ReactNode {
  const label = useLabel("transfer_state");
  return <StatusChip family={families[state] ?? "closed"}>{label(state)}</StatusChip>;
}

const isAnswered = ({ state }: Transfer): boolean => state === "accepted" || state === "declined";

/** All that anybody is told of a transfer: who, to whom, why, and what is needed to decide. */
export function Facts({ transfer }: { transfer: Transfer }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const district = useDistrictName();
  const reason = useLabel("transfer_reason");
  const declined = useLabel("transfer_decline_reason");
  const { from, to, stays, urgency, askedAt, dueAt, endedAt, declineReason } = transfer;
  return (
    <CheckAnswers
      facts={[
        ...(urgency ? [{ label: t("parts.urgency"), value: <NeedUrgency code={urgency} /> }] : []),
        { label: t("parts.district"), value: district(transfer.district) },
        { label: t("transfers.why"), value: reason(transfer.reason) },
        { label: t("transfers.from"), value: name(from) },
        { label: t("transfers.to"), value: name(to) },
        ...(stays === null ? [] : [{ label: t("transfers.after"), value: t(stays ? "transfers.after_stays" : "transfers.after_leaves", { name: name(from) }) }]),
        { label: t("parts.code"), value: <CaseCode code={transfer.caseCode} /> },
        { label: t(`transfers.asked_${transfer.askedBy}` as TextId), value: <time dateTime={askedAt}>{formatMoment(askedAt, language)}</time> },
        ...(dueAt && transfer.state === "open" ? [{ label: t("transfers.due"), value: <time dateTime={dueAt}>{formatMoment(dueAt, language)}</time> }] : []),
        { label: t("transfers.state"), value: <TransferChip state={transfer.state} /> },
        ...(declineReason ? [{ label: t("transfers.why_not"), value: declined(declineReason) }] : []),
        ...(endedAt ? [{ label: t(isAnswered(transfer) ? "transfers.ended" : "transfers.over"), value: <time dateTime={endedAt}>{formatMoment(endedAt, language)}</time> }] : []),
      ]}
    />
  );
}
