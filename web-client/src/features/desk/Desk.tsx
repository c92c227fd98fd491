import type { ReactNode } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import { ProblemView } from "#api/Loaded.tsx";
import { useDistrictName, useLabel } from "#api/reference.ts";
import type { TextId } from "#i18n/ids.ts";
import { useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { Alerts, Cases, Complaints, Emergencies, Late, Overseen } from "./Before.tsx";
import { type Approval, useWaiting } from "./desk.ts";

/** What the list says after something has gone out of sight. */
export type Said = { said: TextId };

/** What waits for a second person, the nearest deadline first. */
export default function Desk(): ReactNode {
  const t = useText();
  const said = useHistoryState<Said | null>()?.said;
  const waiting = useWaiting();
  const rows = waiting.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t("desk.title")}>
      {said && <Banner kind="good" live>{t(said)}</Banner>}
      <Emergencies />
      {rows === undefined
        ? waiting.error ? <ProblemView problem={waiting.error} retry={() => void waiting.refetch()} /> : <Waiting />
        : rows.length === 0
          ? <Empty>{t("desk.empty")}</Empty>
          : <ul className="cards">{rows.map((row) => <Row key={row.id} approval={row} />)}</ul>}
      {waiting.hasNextPage && <Button busy={waiting.isFetchingNextPage} onClick={() => void waiting.fetchNextPage()}>{t("desk.more")}</Button>}
      <Alerts />
      <Cases />
      <Overseen />
      <Complaints />
      <Late />
    </Page>
  );
}

function Row({ approval }: { approval: Approval }): ReactNode {
  const t = useText();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const kind = useLabel("approval_kind");
  const { id, urgency, askedAt, dueAt, own, escalated, caseCode } = approval;
  return (
    <li className="card work-card">
      <div className="row"><NeedUrgency code={urgency} /><ClockChip startedAt={askedAt} dueAt={dueAt} state="running" /></div>
      <Link href={`/desk/${id}`}>{kind(approval.kind)}{t("parts.comma")}{glimpse(approval)}</Link>
      <div className="row quiet small"><span>{district(approval.district)}</span><CaseCode code={caseCode} /></div>
      {own && <p className="quiet small">{t("desk.own")}</p>}
      {escalated && <p className="quiet small">{t("desk.escalated")}</p>}
    </li>
  );
}
