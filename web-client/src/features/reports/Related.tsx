import type { ReactNode } from "react";
import { Link } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { type Report, type ReportRow, useCalledBack, useReports } from "./reports.ts";

/** Whoever holds the code asked for a call; it is answered by those who handle the report. */
export function CallBack({ report }: { report: Report }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const sentence = useProblemText();
  const called = useCalledBack(report.id);
  if (!report.callBackBy) {
    return null;
  }
  return (
    <>
      <Banner kind="warning">{t("reports.call_by", { time: formatMoment(report.callBackBy, language) })}</Banner>
      {called.error && <Banner kind="warning" live>{sentence(called.error)}</Banner>}
      <div><Button busy={called.isPending} onClick={() => called.mutate()}>{t("reports.called_back")}</Button></div>
    </>
  );
}

/** Reports that tell the same; each opens by itself, which is written down. */
export function useKin({ relatedId, duplicates }: Report): { label: string; value: ReactNode }[] {
  const t = useText();
  return [
    ...(relatedId ? [{ label: t("reports.tells_again"), value: <Link href={`/reports/${relatedId}`}>{t("reports.that_report")}</Link> }] : []),
    ...(duplicates.length > 0 ? [{
      label: t("reports.told_again"),
      value: <ul>{duplicates.map((id, index) => <li key={id}><Link href={`/reports/${id}`}>{t("reports.one")} {index + 1}</Link></li>)}</ul>,
    }] : []),
  ];
}

const unknown = "unknown";

type Props = { of: Report; chosen: string | undefined; onChoose: (id: string | undefined) => void };

/** One of those that came lately, by what a list may say of it: no words. */
export function WhichOne({ of, chosen, onChoose }: Props): ReactNode {
  const t = useText();
  const word = useRowWord();
  const rows = [...useReports("open").data?.pages.flatMap(({ items }) => items) ?? [], ...useReports("sorted").data?.pages.flatMap(({ items }) => items) ?? []];
  const others = [...new Map(rows.filter(({ id, outcome }) => id !== of.id && outcome !== "duplicate").map((row) => [row.id, row])).values()];
  return (
    <Ticks
      name="relatedId" kind="radio" legend={t("reports.which_one")} ticked={[chosen ?? unknown]}
      options={[
        ...others.map((row) => ({ value: row.id, label: word(row) })),
        ...(chosen && !others.some(({ id }) => id === chosen) ? [{ value: chosen, label: t("reports.that_report") }] : []),
        { value: unknown, label: t("reports.which_unknown") },
      ]}
      onChange={([id]) => onChoose(id === unknown ? undefined : id)}
    />
  );
}

function useRowWord(): (row: ReportRow) => string {
  const t = useText();
  const language = useLanguage();
  const district = useDistrictName();
  const channel = useLabel("report_channel");
  return (row) => [formatMoment(row.reportedAt, language), channel(row.channel), row.district && district(row.district)].filter(Boolean).join(t("parts.comma"));
}
