import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import type { Tagged } from "#api/client.ts";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { type Access as Shape, type Answer, useAccess, useEndAccess } from "./emergency.ts";
import { ReviewSheet } from "./ReviewSheet.tsx";

/** One emergency access: why, what was read, and what is answered to that. */
export default function Access({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const access = useAccess(id);
  return access.data
    ? <Shown access={access.data} />
    : <Page title={t("emergency.one")} back={() => go("/emergency")}><Loaded query={access}>{() => null}</Loaded></Page>;
}

function Shown({ access: { value: access, etag } }: { access: Tagged<Shape> }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const [answering, setAnswering] = useState<Answer>();
  const [isEnding, setEnding] = useState(false);
  const { id, victimId, own, escalated, answer, note, mayEnd, allowedAnswers } = access;
  const back = own ? "/emergency" : "/desk";
  return (
    <Page title={t("emergency.one")} back={() => go(back)} actionBar={allowedAnswers.length > 0}>
      {!answer && own && <Banner kind="info">{t("emergency.is_own")}</Banner>}
      {!answer && escalated && <Banner kind="warning">{t("emergency.escalated")}</Banner>}
      {answer && <Answered access={access} />}
      {!victimId && <Banner kind="info">{t("emergency.finding")}</Banner>}
      {note && (
        <section className="stack-tight" aria-labelledby="why">
          <h2 id="why">{t("emergency.in_words")}</h2>
          <p className="card" dir="auto">{note}</p>
        </section>
      )}
      <Facts access={access} />
      <Readings readings={access.readings} />
      {victimId && (!own || mayEnd) && <div><ButtonLink href={`/cases/${victimId}`}>{t("emergency.to_case")}</ButtonLink></div>}
      {mayEnd && <div><Button onClick={() => setEnding(true)}>{t("emergency.end")}</Button></div>}
      {isEnding && <End id={id} onClose={() => setEnding(false)} />}
      <ActionBar
        acts={(allowedAnswers as Answer[]).map((one) => ({
          key: one, label: t(`emergency.act_${one}` as TextId), kind: one === "justified" ? "primary" as const : "secondary" as const, onPress: () => setAnswering(one),
        }))}
      />
      {answering && <ReviewSheet id={id} etag={etag} answer={answering} onClose={() => setAnswering(undefined)} onDone={() => go("/desk", { state: { said: "emergency.said" satisfies TextId } })} />}
    </Page>
  );
}

function Answered({ access: { answer, reviewedBy, reviewedAt, line } }: { access: Shape }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const label = useLabel("break_glass_answer");
  return (
    <Banner kind={answer === "justified" ? "good" : "warning"}>
      <p>{label(answer)}{reviewedBy && <>{t("parts.comma")}<bdi>{reviewedBy.displayName}</bdi></>}{reviewedAt && <>{t("parts.comma")}{formatMoment(reviewedAt, language)}</>}</p>
      {line && <p dir="auto">{line}</p>}
    </Banner>
  );
}

function Facts({ access }: { access: Shape }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const reason = useLabel("break_glass_reason");
  const group = useLabel("data_group");
  const { openedBy, agency, leadAgency, groups, openedAt, untilAt, dueAt, answer, caseCode, sex, ageBand } = access;
  const moment = (at: string): ReactNode => <time dateTime={at}>{formatMoment(at, language)}</time>;
  return (
    <CheckAnswers
      facts={[
        ...(openedBy ? [{ label: t("emergency.opened_by"), value: <bdi>{openedBy.displayName}</bdi> }] : []),
        { label: t("emergency.agency"), value: name(agency) },
        { label: t("emergency.reason"), value: reason(access.reason) },
        { label: t("emergency.opened"), value: [t("emergency.minimum"), ...groups.map(group)].join(t("parts.comma")) },
        { label: t("emergency.opened_at"), value: moment(openedAt) },
        { label: t("emergency.until"), value: moment(untilAt) },
        ...(!answer ? [{ label: t("emergency.by"), value: <ClockChip startedAt={openedAt} dueAt={dueAt} state="running" /> }] : []),
        ...(sex && ageBand ? [{ label: t("emergency.whom"), value: glimpse({ sex, ageBand }) }] : []),
        ...(access.district ? [{ label: t("parts.district"), value: district(access.district) }] : []),
        ...(caseCode ? [{ label: t("parts.code"), value: <CaseCode code={caseCode} /> }] : []),
        { label: t("emergency.lead_agency"), value: name(leadAgency) },
      ]}
    />
  );
}

/** From the journal: which data, how often, when first and last. */
function Readings({ readings }: { readings: Shape["readings"] }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const language = useLanguage();
  const group = useLabel("data_group");
  const when = (first: string, last: string): string =>
    (first === last ? formatMoment(first, language) : t("emergency.from_to", { from: formatMoment(first, language), to: formatMoment(last, language) }));
  return (
    <section className="stack-tight" aria-labelledby="read">
      <h2 id="read">{t("emergency.read")}</h2>
      {readings.length === 0 ? <p className="quiet">{t("emergency.nothing_read")}</p> : (
        <ul className="card facts">
          {readings.map(({ action, groups, times, firstAt, lastAt }) => (
            <li key={`${action} ${groups.join(" ")}`}>
              <strong>{groups.length > 0 ? groups.map(group).join(t("parts.comma")) : (say(`victims.action_${action.replaceAll(".", "_")}`) ?? action.replace(/[._]/g, " "))}</strong>
              <p className="quiet small">{t("emergency.times", { count: times })}{t("parts.comma")}{when(firstAt, lastAt)}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function End({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const ending = useEndAccess(id);
  return <WordsSheet verb={t("emergency.end")} about={t("emergency.about_end")} sending={ending} onClose={onClose} onSend={() => ending.mutate(undefined, { onSuccess: onClose })} />;
}
