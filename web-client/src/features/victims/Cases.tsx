import type { ReactNode } from "react";
import { Link, useSearch } from "wouter";
import { ProblemView } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName } from "#api/reference.ts";
import type { VictimRow } from "#api/shapes.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { WorkTabs } from "#parts/WorkTabs.tsx";
import { useKeptList } from "#parts/useKeptList.ts";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { NameView } from "#ui/NameView.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { type Column, WorkList } from "#ui/Work.tsx";
import { type Show, useVictims } from "./getVictim.ts";
import { useShownNames } from "./useShownNames.ts";

const shows: readonly Show[] = ["open", "closed"];

export default function Cases(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const asked = new URLSearchParams(useSearch()).get("show");
  const show = shows.find((one) => one === asked) ?? "open";
  const cases = useVictims(show);
  const language = useLanguage();
  const readAt = useKeptList(["victims", show], cases);
  const names = useShownNames();
  const rows = cases.data?.pages.flatMap(({ items }) => items);
  const { named } = names;
  return (
    <Page title={t("victims.cases")} wide>
      <WorkTabs />
      <div className="spread">
        <nav className="row" aria-label={t("victims.which")}>
          {shows.map((one) => (
            <Link key={one} href={one === "open" ? "/cases" : `/cases?show=${one}`} className={`chip filter ${one === show ? "waiting" : "running"}`} aria-current={one === show ? "true" : undefined}>
              {t(`victims.show_${one}`)}
            </Link>
          ))}
        </nav>
        {rows && rows.length > 0 && (
          <Button aria-expanded={named !== undefined} busy={names.busy} onClick={() => (named ? names.hide() : names.show(rows.map(({ id }) => id)))}>
            {named ? t("ui.hide") : t("victims.show_names")}
          </Button>
        )}
      </div>
      {readAt && <Banner kind="warning">{t("parts.last_read", { time: formatMoment(new Date(readAt), language) })}</Banner>}
      {names.error && <Banner kind="warning" live>{sentence(names.error)}</Banner>}
      {rows === undefined
        ? cases.error ? <ProblemView problem={cases.error} retry={() => void cases.refetch()} /> : <Waiting />
        : rows.length === 0
          ? <Empty act={<ButtonLink kind="primary" href="/register">{t("victims.someone_found")}</ButtonLink>}>{t("victims.empty")}</Empty>
          : <CaseList rows={rows} nameOf={named && ((id) => <NameView name={named.get(id)} />)} />}
      {cases.hasNextPage && <Button busy={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>{t("victims.more")}</Button>}
    </Page>
  );
}

function CaseList({ rows, nameOf }: { rows: readonly VictimRow[]; nameOf: ((id: string) => ReactNode) | undefined }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const district = useDistrictName();
  const glimpse = useGlimpse();
  const columns: Column<VictimRow>[] = [
    ...(nameOf ? [{ key: "name", heading: t("parts.name"), card: "chip" as const, cell: ({ id }: VictimRow) => nameOf(id) }] : []),
    { key: "code", heading: t("parts.code"), card: "text", cell: ({ caseCode }) => <CaseCode code={caseCode} /> },
    { key: "district", heading: t("parts.district"), card: "text", cell: (row) => district(row.district) },
    { key: "opened", heading: t("victims.opened"), card: "text", cell: ({ openedAt }) => <time dateTime={openedAt}>{formatDate(openedAt, language)}</time> },
    { key: "referrals", heading: t("victims.open_referrals"), card: "text", cell: ({ openReferrals }) => t("victims.referrals_open", { count: openReferrals }) },
  ];
  return (
    <WorkList
      caption={t("victims.cases")} rows={rows} columns={columns} rowKey={({ id }) => id}
      href={({ id }) => `/cases/${id}`} linkText={glimpse} linkHeading={t("parts.who")}
    />
  );
}
