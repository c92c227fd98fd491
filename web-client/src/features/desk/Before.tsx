import type { ReactNode } from "react";
import { Link } from "wouter";
import { ProblemView } from "#api/Loaded.tsx";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { useMe } from "#api/session.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { type Clock, Deadline, useClocks } from "#parts/Deadline.tsx";
import { placeOf } from "#parts/places.ts";
import { ButtonLink } from "#ui/Button.tsx";
import { ClockChip, StatusChip, useMinute } from "#ui/Chips.tsx";
import { type Complaint, type Glass as GlassShape, useAlerts, useBefore, useComplaints, useGlass, useOverseen } from "./desk.ts";

/** What another agency did not do in time: this office decides, or asks why. */
export function Overseen(): ReactNode {
  const t = useText();
  const overseen = useOverseen();
  if (overseen.error && !overseen.data) {
    return <ProblemView problem={overseen.error} retry={() => void overseen.refetch()} />;
  }
  return <Listed id="overseen" heading={(count) => t("desk.overseen", { count })} about={t("desk.overseen_about")} clocks={overseen.data ?? []} />;
}

/** Who opened a case in an emergency: somebody answers whether it was right. */
export function Emergencies(): ReactNode {
  const t = useText();
  const glass = useGlass();
  if (glass.error && !glass.data) {
    return <ProblemView problem={glass.error} retry={() => void glass.refetch()} />;
  }
  const rows = glass.data ?? [];
  return rows.length > 0 && (
    <section className="stack-tight" aria-labelledby="glass">
      <h2 id="glass">{t("desk.glass", { count: rows.length })}</h2>
      <ul className="cards">{rows.map((row) => <Glass key={row.id} glass={row} />)}</ul>
    </section>
  );
}

function Glass({ glass }: { glass: GlassShape }): ReactNode {
  const t = useText();
  const name = useName();
  const glimpse = useGlimpse();
  const reason = useLabel("break_glass_reason");
  const { id, agency, caseCode, sex, ageBand, openedAt, dueAt, escalated } = glass;
  return (
    <li className="card work-card">
      <div className="row"><ClockChip startedAt={openedAt} dueAt={dueAt} state="running" /></div>
      <Link href={`/emergency/${id}`}>{reason(glass.reason)}{sex && ageBand && <>{t("parts.comma")}{glimpse({ sex, ageBand })}</>}</Link>
      <div className="row quiet small"><span>{name(agency)}</span>{caseCode && <CaseCode code={caseCode} />}</div>
      {escalated && <p className="quiet small">{t("desk.glass_late")}</p>}
    </li>
  );
}

/** Something serious happened: the office that sees to it works on no case of its own. */
export function Cases(): ReactNode {
  const t = useText();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const areas = useMe().data?.areas ?? [];
  const before = useBefore(areas.includes("desk") && !areas.includes("work"));
  if (before.error && !before.data) {
    return <ProblemView problem={before.error} retry={() => void before.refetch()} />;
  }
  const rows = before.data ?? [];
  return rows.length > 0 && (
    <section className="stack-tight" aria-labelledby="before">
      <h2 id="before">{t("desk.before", { count: rows.length })}</h2>
      <p className="quiet">{t("desk.before_about")}</p>
      <ul className="cards">
        {rows.map((row) => (
          <li key={row.id} className="card work-card">
            <Link href={`/cases/${row.id}`}>{glimpse(row)}</Link>
            <div className="row quiet small"><span>{district(row.district)}</span><CaseCode code={row.caseCode} /></div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Somebody who is kept away from a case tried to open it. Nobody but this office is told. */
export function Alerts(): ReactNode {
  const t = useText();
  const language = useLanguage();
  const glimpse = useGlimpse();
  const kind = useLabel("silent_alert_kind");
  const { data = [], error, refetch } = useAlerts(useMe().data?.areas.includes("alerts") ?? false);
  if (error && data.length === 0) {
    return <ProblemView problem={error} retry={() => void refetch()} />;
  }
  return data.length > 0 && (
    <section className="stack-tight" aria-labelledby="alerts">
      <h2 id="alerts">{t("desk.alerts", { count: data.length })}</h2>
      <p className="quiet">{t("desk.alerts_about")}</p>
      <ul className="cards">
        {data.map((alert) => (
          <li key={alert.id} className="card work-card">
            <Link href={`/desk/alerts/${alert.id}`}>{kind(alert.kind)}{t("parts.comma")}{glimpse(alert)}</Link>
            <div className="row quiet small">
              <span>{alert.worker ? <bdi>{alert.worker.displayName}</bdi> : t("desk.alert_system")}</span>
              <time dateTime={alert.at}>{formatMoment(alert.at, language)}</time>
              <CaseCode code={alert.caseCode} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const shown = 10;

/** Deadlines of the supervisor's units that have passed, the oldest first; decisions stand above already. */
export function Late(): ReactNode {
  const t = useText();
  const { data = [] } = useClocks();
  const now = useMinute();
  const late = data.filter(({ dueAt, subjectKind }) => Date.parse(dueAt) < now && subjectKind !== "approval");
  return (
    <Listed
      id="late" heading={(count) => t("desk.late", { count })} clocks={late} most={shown}
      more={<div><ButtonLink href="/deadlines">{t("desk.all_late")}</ButtonLink></div>}
    />
  );
}

type ListedProps = { id: string; heading: (count: number) => string; about?: string; clocks: readonly Clock[]; most?: number; more?: ReactNode };

function Listed({ id, heading, about, clocks, most = clocks.length, more }: ListedProps): ReactNode {
  return clocks.length > 0 && (
    <section className="stack-tight" aria-labelledby={id}>
      <h2 id={id}>{heading(clocks.length)}</h2>
      {about && <p className="quiet">{about}</p>}
      <ul className="cards">{clocks.slice(0, most).map((clock) => <Deadline key={clock.id} clock={clock} href={placeOf(clock)} />)}</ul>
      {clocks.length > most && more}
    </section>
  );
}

/** About an agency or one of its people: they went round it, to here. */
export function Complaints(): ReactNode {
  const t = useText();
  const sorts = useMe().data?.areas.includes("reports") ?? false;
  const { data = [], error, refetch } = useComplaints(sorts);
  if (error && data.length === 0) {
    return <ProblemView problem={error} retry={() => void refetch()} />;
  }
  return data.length > 0 && (
    <section className="stack-tight" aria-labelledby="complaints">
      <h2 id="complaints">{t("desk.complaints", { count: data.length })}</h2>
      <ul className="cards">{data.map((complaint) => <Row key={complaint.id} complaint={complaint} />)}</ul>
    </section>
  );
}

function Row({ complaint }: { complaint: Complaint }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const district = useDistrictName();
  const channel = useLabel("report_channel");
  const { id, urgency, outcome, unread, reportedAt } = complaint;
  return (
    <li className="card work-card">
      <div className="row">
        {urgency && <NeedUrgency code={urgency} />}
        {!outcome && <StatusChip family="waiting">{t("desk.complaint_new")}</StatusChip>}
        {unread > 0 && <StatusChip family="asks">{t("desk.complaint_unread", { count: unread })}</StatusChip>}
      </div>
      <Link href={`/reports/${id}`}>{t("desk.complaint")}{t("parts.comma")}{channel(complaint.channel)}</Link>
      <div className="row quiet small">
        {complaint.district && <span>{district(complaint.district)}</span>}
        <time dateTime={reportedAt}>{formatMoment(reportedAt, language)}</time>
      </div>
    </li>
  );
}
