import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import type { Tagged } from "#api/client.ts";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import type { Correction } from "#drafts/correction.ts";
import { useCorrection } from "#drafts/useCorrection.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Differences, useChoosing } from "#parts/Conflict.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { StatusChip } from "#ui/Chips.tsx";
import { CheckAnswers, Timeline } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { SafeContact } from "#ui/SafeContact.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { useKin, WhichOne, Wishes } from "./Related.tsx";
import { ToCase } from "./ToCase.tsx";
import { urgencies, type Urgency } from "./call.ts";
import { type Outcome, type Report as Told, useReport, useSort } from "./reports.ts";

/** One report with its words: sort it, or make it a case. */
export default function Report({ id }: { id: string }): ReactNode {
  const t = useText();
  const report = useReport(id);
  return (
    <Page title={t("reports.one")} back={() => history.back()}>
      <Loaded query={report}>{(read) => <Shown read={read} />}</Loaded>
    </Page>
  );
}

function Shown({ read }: { read: Tagged<Told> }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const district = useDistrictName();
  const kind = useLabel("report_kind");
  const channel = useLabel("report_channel");
  const outcome = useLabel("report_outcome");
  const [sheet, setSheet] = useState<"sort" | "case" | "link">();
  const report = read.value;
  const kin = useKin(report);
  const close = (): void => setSheet(undefined);
  const { reporter } = report;
  return (
    <>
      <div className="row">
        {report.urgency && <NeedUrgency code={report.urgency} />}
        {report.outcome ? <StatusChip family="done">{outcome(report.outcome)}</StatusChip> : <StatusChip family="waiting">{t("reports.unsorted")}</StatusChip>}
      </div>
      <Wishes report={report} />
      <section className="card stack-tight" aria-labelledby="story">
        <h2 id="story">{t("reports.story")}</h2>
        <p>{report.story ? <bdi>{report.story}</bdi> : t("reports.no_story")}</p>
      </section>
      <CheckAnswers
        facts={[
          { label: t("reports.kind"), value: kind(report.kind) },
          { label: t("reports.channel"), value: channel(report.channel) },
          { label: t("reports.district"), value: report.district ? district(report.district) : t("reports.not_known") },
          { label: t("reports.told"), value: <><time dateTime={report.reportedAt}>{formatMoment(report.reportedAt, language)}</time>{report.isLate && <> · {t("reports.late")}</>}</> },
          { label: t("reports.handler"), value: name(report.handler) },
          ...(report.aboutAgency ? [{ label: t("reports.about_agency"), value: name(report.aboutAgency) }] : []),
          ...(report.aboutWorker ? [{ label: t("reports.about_worker"), value: <bdi>{report.aboutWorker.displayName}</bdi> }] : []),
          ...kin,
        ]}
      />
      <section className="stack-tight" aria-labelledby="caller">
        <h2 id="caller">{t("reports.caller")}</h2>
        {report.isAnonymous && <p className="quiet">{t("reports.stays_unknown")}</p>}
        {reporter?.name && <p><bdi>{reporter.name}</bdi></p>}
        {reporter?.phone && <SafeContact number={reporter.phone} mayRing={reporter.mayRing} when={reporter.callNote} />}
        {!reporter && !report.isAnonymous && <p className="quiet">{t("reports.no_caller")}</p>}
      </section>
      <Messages messages={report.messages} />
      {report.victimId && <div><ButtonLink kind="primary" href={`/cases/${report.victimId}`}>{t("reports.to_case")}</ButtonLink></div>}
      <div className="row">
        {report.may.link && <Button kind="primary" onClick={() => setSheet("case")}>{t("reports.open_case")}</Button>}
        {report.may.link && <Button onClick={() => setSheet("link")}>{t("reports.known_case")}</Button>}
        {report.may.sort && <Button onClick={() => setSheet("sort")}>{t("reports.sort")}</Button>}
      </div>
      {sheet === "sort" && <Sort read={read} close={close} />}
      {(sheet === "case" || sheet === "link") && <ToCase report={report} way={sheet} close={close} />}
    </>
  );
}

/** What came by the follow-code; whoever opens the report has read it. */
function Messages({ messages }: { messages: Told["messages"] }): ReactNode {
  const t = useText();
  const language = useLanguage();
  if (messages.length === 0) {
    return null;
  }
  const asked = ["wasHeard", "wasHelped", "feltSafe", "wouldAskAgain"] as const;
  return (
    <section className="stack-tight" aria-labelledby="messages">
      <h2 id="messages">{t("reports.messages")}</h2>
      <Timeline
        moments={messages.map(({ kind, at, body }, index) => ({
          key: String(index), at, when: formatMoment(at, language), who: t(`reports.message_${kind}`),
          what: (
            <>
              {body.text && <p><bdi>{body.text}</bdi></p>}
              {asked.map((question) => body[question] && <p key={question}>{t(`follow.${question}`)} <strong>{t(`follow.${body[question]}`)}</strong></p>)}
            </>
          ),
        }))}
      />
    </section>
  );
}

const closings: readonly Outcome[] = ["information_given", "passed_on", "not_substantiated", "duplicate", "cannot_be_traced", "wrong_number", "junk"];

type Sorted = { urgency: Urgency | undefined; outcome: Outcome | "open"; relatedId: string | undefined };

/** How urgent it is, and what became of it. */
function Sort({ read, close }: { read: Tagged<Told>; close: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const label = useLabel("report_outcome");
  const { value: report, etag } = read;
  const [correction, change] = useCorrection<Sorted>({ etag, value: { urgency: report.urgency ?? undefined, outcome: report.outcome ?? "open", relatedId: report.relatedId ?? undefined } });
  const choosing = useChoosing(correction);
  const sort = useSort(report.id);
  const urgencyWord = (urgency: Urgency): string => t(`parts.urgency_${urgency}` as TextId);
  const outcomeWord = (outcome: Sorted["outcome"]): string => (outcome === "open" ? t("reports.stays_open") : label(outcome));
  const { mine } = correction;
  const send = (settled: Correction<Sorted>): void => {
    const { urgency, outcome, relatedId } = settled.mine;
    change(settled);
    sort.mutate(
      { etag: settled.etag, change: { outcome: outcome === "open" ? null : outcome, urgency: urgency ?? null, district: report.district ?? null, story: report.story ?? null, ...(outcome === "duplicate" && relatedId && { relatedId }) } },
      { onSuccess: close },
    );
  };
  return (
    <Sheet title={t("reports.sort")} verb={t("reports.save")} busy={sort.isPending} onClose={close} onConfirm={() => choosing.decide(send)}>
      {correction.isOpen ? (
        <Differences
          correction={correction} mistakes={choosing.mistakes} onChange={change}
          words={({ urgency, outcome, relatedId }) => [
            { member: "urgency", label: t("reports.urgency"), value: urgency && urgencyWord(urgency) }, { member: "outcome", label: t("reports.outcome"), value: outcomeWord(outcome) },
            { member: "relatedId", label: t("reports.tells_again"), value: relatedId && <Link href={`/reports/${relatedId}`}>{t("reports.that_report")}</Link> },
          ]}
        />
      ) : (
        <>
          {sort.error && <Banner kind="warning" live>{sentence(sort.error)}</Banner>}
          <Ticks<Urgency>
            name="urgency" kind="radio" legend={t("reports.urgency")} ticked={mine.urgency ? [mine.urgency] : []}
            options={urgencies.map((value) => ({ value, label: urgencyWord(value) }))} onChange={([urgency]) => change({ ...correction, mine: { ...mine, urgency } })}
          />
          <Ticks<Outcome | "open">
            name="outcome" kind="radio" legend={t("reports.outcome")} ticked={[mine.outcome]}
            options={(["open", ...closings] as const).map((value) => ({ value, label: outcomeWord(value) }))}
            onChange={([outcome]) => outcome && change({ ...correction, mine: { ...mine, outcome } })}
          />
          {mine.outcome === "duplicate" && <WhichOne of={report} chosen={mine.relatedId} onChoose={(relatedId) => change({ ...correction, mine: { ...mine, relatedId } })} />}
        </>
      )}
    </Sheet>
  );
}
