import type { ReactNode } from "react";
import { useAreaName, useLabel, useName } from "#api/reference.ts";
import type { BasisView } from "#api/shapes.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";

/** What a basis allows, to whom, why and until when; of one that waits or has ended as well. */
export function BasisFacts({ basis }: { basis: BasisView }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const area = useAreaName();
  const kind = useLabel("legal_basis_kind");
  const status = useLabel("basis_status");
  const capacity = useLabel("consent_capacity");
  const group = useLabel("data_group");
  const agencyKind = useLabel("agency_kind");
  const reason = useLabel("withdrawal_reason");
  const ground = useLabel("best_interests_ground");
  const { recipients, hideFrom, validFrom, validTo, endedAt, endedReason, bestInterests, order, law } = basis;
  const opens = basis.kind !== "guardianship" && basis.kind !== "legal_hold";
  const listed = (words: readonly string[]): string => words.join(t("parts.comma"));
  const shared = [
    ...basis.groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))),
    ...(basis.records.length > 0 ? [t("victims.named_items", { count: basis.records.length })] : []),
  ];
  const whom = [...recipients.agencies.map(name), ...recipients.kinds.map(agencyKind), ...recipients.districts.map(area)];
  const words = ([
    ["victims.word_reason", bestInterests?.reason], ["victims.word_childSaid", bestInterests?.childSaid], ["victims.word_tried", bestInterests?.tried], ["victims.word_risks", bestInterests?.risks],
    [basis.kind === "vital_interest" ? "victims.word_whyNotAsked" : "victims.word_reason", basis.reason],
  ] as const).filter(([, said]) => said);
  const hidden = [...hideFrom.agencies.map(name), ...hideFrom.kinds.map(agencyKind)];
  return (
    <>
      <div className="spread"><h3>{kind(basis.kind)}</h3><span className="quiet">{status(basis.status)}</span></div>
      <CheckAnswers
        bare
        facts={[
          ...(opens ? [{ label: t("victims.may_be_shared"), value: listed(shared) }] : []),
          ...(whom.length > 0 ? [{ label: t("victims.with_whom"), value: listed(whom) }] : []),
          ...(hidden.length > 0 ? [{ label: t("victims.never_with"), value: listed(hidden) }] : []),
          ...(basis.capacity === "none" ? [] : [{ label: t("victims.allowed_by"), value: <>{capacity(basis.capacity)}{basis.kind === "guardianship" && basis.givenBy.name && <>{t("parts.comma")}<bdi>{basis.givenBy.name}</bdi></>}</> }]),
          ...(bestInterests ? [{ label: t("victims.ground"), value: ground(bestInterests.ground) }] : []),
          ...(order ? [{ label: t("victims.word_court"), value: <bdi>{[order.court, order.orderNumber, order.judge].filter(Boolean).join(t("parts.comma"))}</bdi> }, { label: t("victims.ordered_on"), value: formatDate(order.orderedOn, language) }] : []),
          ...(law ? [{ label: t("victims.which_law"), value: <bdi>{law.shortName}{t("parts.comma")}{law.section}</bdi> }] : []),
          ...words.map(([id, said]) => ({ label: t(id), value: <p dir="auto">{said}</p> })),
          { label: t("victims.allowed_from"), value: <>{formatDate(validFrom, language)}{validTo && <> {t("victims.allowed_to", { date: formatDate(validTo, language) })}</>}</> },
          ...(endedAt ? [{ label: t("victims.ended"), value: <>{formatMoment(endedAt, language)}{endedReason && <> · {reason(endedReason)}</>}</> }] : []),
        ]}
      />
    </>
  );
}
