import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { ProblemView } from "#api/Loaded.tsx";
import { useDistrictName, useLabel } from "#api/reference.ts";
import type { Me } from "#api/shapes.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Drafts } from "#parts/Drafts.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Column, WorkList } from "#ui/Work.tsx";
import { type ReportRow, type Show, useReports } from "./reports.ts";

const shows: readonly Show[] = ["open", "sorted"];

/** What people told and nobody has sorted yet; without a word of it. */
export default function Reports({ me }: { me: Me }): ReactNode {
  const t = useText();
  const asked = new URLSearchParams(useSearch()).get("show");
  const show = shows.find((one) => one === asked) ?? "open";
  const reports = useReports(show);
  const rows = reports.data?.pages.flatMap(({ items }) => items);
  return (
    <Page title={t("reports.title")} wide>
      <div className="spread">
        <nav className="row" aria-label={t("reports.which")}>
          {shows.map((one) => (
            <Link key={one} href={one === "open" ? "/reports" : `/reports?show=${one}`} className={`chip filter ${one === show ? "waiting" : "running"}`} aria-current={one === show ? "true" : undefined}>
              {t(`reports.show_${one}`)}
            </Link>
          ))}
        </nav>
        <ButtonLink kind="primary" href="/reports/new">{t("reports.new")}</ButtonLink>
      </div>
      <Drafts worker={me.id} kind="report" href={(id) => `/reports/new/${id}`} />
      {rows === undefined
        ? reports.error ? <ProblemView problem={reports.error} retry={() => void reports.refetch()} /> : <Waiting />
        : rows.length === 0 ? <Empty>{t("reports.empty")}</Empty> : <ReportList rows={rows} />}
      {reports.hasNextPage && <Button busy={reports.isFetchingNextPage} onClick={() => void reports.fetchNextPage()}>{t("reports.more")}</Button>}
    </Page>
  );
}

function ReportList({ rows }: { rows: readonly ReportRow[] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const district = useDistrictName();
  const channel = useLabel("report_channel");
  const outcome = useLabel("report_outcome");
  const kind = useLabel("report_kind");
  const columns: Column<ReportRow>[] = [
    { key: "urgency", heading: t("reports.urgency"), card: "chip", cell: ({ urgency }) => urgency && <NeedUrgency code={urgency} /> },
    { key: "outcome", heading: t("reports.outcome"), card: "chip", cell: (row) => row.outcome ? <StatusChip family="done">{outcome(row.outcome)}</StatusChip> : <StatusChip family="waiting">{t("reports.unsorted")}</StatusChip> },
    { key: "unread", heading: t("reports.messages"), card: "chip", cell: ({ unread }) => unread > 0 && <StatusChip family="asks">{t("reports.unread", { count: unread })}</StatusChip> },
    { key: "call", heading: t("reports.message_call_back"), card: "chip", cell: ({ callBackBy }) => callBackBy && <StatusChip family="asks">{t("reports.call_waits")}</StatusChip> },
    { key: "stop", heading: t("reports.message_stop"), card: "chip", cell: ({ stopBy }) => stopBy && <StatusChip family="asks">{t("reports.stop_waits")}</StatusChip> },
    { key: "kind", heading: t("reports.kind"), card: "text", cell: (row) => kind(row.kind) },
    { key: "district", heading: t("reports.district"), card: "text", cell: (row) => district(row.district) },
    {
      key: "at", heading: t("reports.told"), card: "text",
      cell: ({ reportedAt, isLate }) => <><time dateTime={reportedAt}>{formatMoment(reportedAt, language)}</time>{isLate && <> · {t("reports.late")}</>}</>,
    },
  ];
  return (
    <WorkList
      caption={t("reports.title")} rows={rows} columns={columns} rowKey={({ id }) => id}
      href={({ id }) => `/reports/${id}`} linkText={(row) => channel(row.channel)} linkHeading={t("reports.channel")}
    />
  );
}
