import type { ReactNode } from "react";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import type { ReferralRow } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { type Column, WorkList } from "#ui/Work.tsx";
import { NeedUrgency, StateChip } from "./Chips.tsx";
import { CaseCode, useGlimpse } from "./People.tsx";

type Props = { caption: string; box: "received" | "sent"; rows: readonly ReferralRow[] };

/** Referrals by deadline, without a name. */
export function ReferralList({ caption, box, rows }: Props): ReactNode {
  const t = useText();
  const name = useName();
  const district = useDistrictName();
  const category = useLabel("service_category");
  const glimpse = useGlimpse();
  const columns: Column<ReferralRow>[] = [
    {
      key: "clock", heading: t("parts.deadline"), sorted: true, card: "chip",
      cell: ({ clock }) => clock && <ClockChip startedAt={clock.startedAt} dueAt={clock.dueAt} state={clock.state as "running"} />,
    },
    { key: "urgency", heading: t("parts.urgency"), card: "chip", cell: ({ urgency }) => <NeedUrgency code={urgency} /> },
    {
      key: "state", heading: t("parts.state"), card: "chip",
      cell: ({ state, phase }) => <StateChip state={state} phase={phase} party={box === "sent" ? "sender" : "provider"} />,
    },
    { key: "who", heading: t("parts.who"), card: "text", whole: true, cell: glimpse },
    { key: "district", heading: t("parts.district"), card: "text", cell: (row) => district(row.district) },
    {
      key: "other", heading: t(box === "sent" ? "parts.provider" : "parts.sender"), card: "text",
      cell: (row) => box === "received" ? name(row.sender)
        : row.reportedBy === "sender" ? t("parts.told_by_sender", { name: name(row.provider) }) : name(row.provider),
    },
    { key: "group", heading: t("parts.sent_together"), card: "text", cell: ({ group }) => group && group.members > 1 && t("parts.with_others", { count: group.members - 1 }) },
    { key: "code", heading: t("parts.code"), card: "text", cell: ({ caseCode }) => <CaseCode code={caseCode} /> },
  ];
  return (
    <WorkList
      caption={caption} rows={rows} columns={columns} rowKey={({ id }) => id}
      href={({ id }) => `/referrals/${id}`} linkText={(row) => category(row.category)} linkHeading={t("parts.need")}
    />
  );
}
