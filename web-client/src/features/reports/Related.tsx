import type { ReactNode } from "react";
import { Link } from "wouter";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { type Report, type ReportRow, useAnswered, useReports } from "./reports.ts";

/** Whoever holds the code asked for a call, or that it stops; it is answered by those who handle the report. */
export function Wishes({ report: { id, callBackBy, stopBy } }: { report: Report }): ReactNode {
  const t = useText();
  const language = useLanguage();
  return (
    <>
      {callBackBy && <Wish id={id} wish="called-back" says={t("reports.call_by", { time: formatMoment(callBackBy, language) })} done={t("reports.called_back")} />}
      {stopBy && <Wish id={id} wish="stop-answered" says={t("reports.stop_by", { time: formatMoment(stopBy, language) })} done={t("reports.stop_answered")} />}
    </>
  );
}

function Wish({ id, wish, says, done }: { id: string; wish: "called-back" | "stop-answered"; says: string; done: string }): ReactNode {
  const sentence = useProblemText();
  const answered = useAnswered(id, wish);
  return (
    <>
      <Banner kind="warning">{says}</Banner>
      {answered.error && <Banner kind="warning" live>{sentence(answered.error)}</Banner>}
      <div><Button busy={answered.isPending} onClick={() => answered.mutate()}>{done}</Button></div>
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
