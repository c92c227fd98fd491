import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useDistrictName, useLabel, useName, useTaxonomy } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { Opened } from "#parts/Documents.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Field, TextField } from "#ui/Field.tsx";
import { Timeline } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { type AgeRow, type AgeView, type Purpose, useAge, useDecisions } from "./age.ts";
import { Determine, Dispute } from "./AgeSheets.tsx";
import { useVictim } from "./getVictim.ts";
import { useItemsOf } from "./items.ts";

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Is she a child? In one sentence, by place and law, and who says so. */
export default function Age({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const glimpse = useGlimpse();
  const victim = useVictim(id);
  return (
    <Page title={t("victims.age")} back={() => go(`/cases/${id}`)} lead={victim.data && <p className="quiet">{glimpse(victim.data)}</p>}>
      <Loaded query={victim}>{(shown) => <Shown victim={shown} />}</Loaded>
    </Page>
  );
}

function Shown({ victim: { id, may } }: { victim: VictimView }): ReactNode {
  const t = useText();
  const label = useLabel("law_purpose");
  const { data: purposes = [] } = useTaxonomy("law_purpose");
  const [today] = useState(() => new Date().toLocaleDateString("en-CA"));
  const [purpose, setPurpose] = useState<Purpose>("child_protection");
  const [typed, setTyped] = useState(today);
  const [on, setOn] = useState(today);
  const age = useAge(id, purpose, on);
  return (
    <>
      <Loaded query={age}>{(answer) => <Answer answer={answer} />}</Loaded>
      <section className="stack-tight" aria-labelledby="laws">
        <h2 id="laws">{t("victims.age_laws")}</h2>
        <Field name="purpose" label={t("victims.age_purpose")}>
          {(control) => (
            <select {...control} value={purpose} onChange={(event) => setPurpose(event.target.value as Purpose)}>
              {purposes.map(({ code }) => <option key={code} value={code}>{label(code)}</option>)}
            </select>
          )}
        </Field>
        <TextField
          name="on" type="date" short label={t("victims.age_on")} mistake={isDay(typed) && typed <= today ? undefined : t("victims.age_bad_day")} value={typed}
          onChange={(day) => {
            setTyped(day);
            if (isDay(day) && day <= today) {
              setOn(day);
            }
          }}
        />
        {age.data && <Laws answer={age.data} />}
      </section>
      <Evidence id={id} mayEdit={may.edit} />
      <History id={id} />
      <Acts id={id} mayDispute={may.edit} mayDetermine={may.determineAge} />
    </>
  );
}

function Answer({ answer: { protectiveAnswer: { asChild, reason }, least, most, ageStatus, asOf, release } }: { answer: AgeView }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const language = useLanguage();
  const status = useLabel("age_status");
  const years = least == null ? undefined : least === most ? t("victims.age_years", { years: least }) : t("victims.age_between", { least, most: most ?? least });
  return (
    <Banner kind={asChild ? "warning" : "info"}>
      <p><strong>{say(`victims.age_is_${reason}`) ?? reason}</strong></p>
      <p>{[years, status(ageStatus)].filter(Boolean).join(t("parts.comma"))}</p>
      <p className="small">{t("victims.age_as_of", { day: formatDate(asOf, language), release })}</p>
    </Banner>
  );
}

/** One entry for each place and day; a place that nobody knows says so. */
function Laws({ answer: { rows, notKnown } }: { answer: AgeView }): ReactNode {
  const t = useText();
  const place = useLabel("age_place");
  return rows.length === 0 ? <Empty>{t("victims.age_not_for")}</Empty> : (
    <dl className="facts card">
      {rows.map((row) => <Law key={`${row.place} ${row.recordId} ${row.on}`} row={row} />)}
      {notKnown.map((code) => <div key={code}><dt>{place(code)}</dt><dd className="quiet">{t("victims.age_place_not_known")}</dd></div>)}
    </dl>
  );
}

function Law({ row: { place, district, on, answer, status, rule, benchmark } }: { row: AgeRow }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const placed = useLabel("age_place");
  const where = useDistrictName();
  const answered = useLabel("age_answer");
  const relied = useLabel("law_answer_status");
  return (
    <div>
      <dt>{placed(place)}<br />{where(district)}{t("parts.comma")}<time dateTime={on}>{formatDate(on, language)}</time></dt>
      <dd>
        <strong>{rule ? t("victims.age_under", { limit: rule.limit, answer: answered(answer) }) : t("victims.age_no_rule")}</strong>
        {rule && <><br /><span className="quiet"><bdi>{rule.law}</bdi></span></>}
        {rule && status !== "in_force" && <><br /><span className="chip waiting">{relied(status)}</span></>}
        {rule?.note && <><br /><span className="quiet small" lang="en" dir="ltr">{rule.note}</span></>}
        {benchmark && benchmark !== rule?.limit && <><br /><span className="quiet small">{t("victims.age_standard", { limit: benchmark })}</span></>}
      </dd>
    </div>
  );
}

function Evidence({ id, mayEdit }: { id: string; mayEdit: boolean }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const evidence = useItemsOf(id, "age_evidence");
  return (
    <section className="stack-tight" aria-labelledby="evidence">
      <h2 id="evidence">{t("victims.age_evidence")}</h2>
      <p className="quiet">{t("victims.age_order")}</p>
      <Loaded query={evidence}>
        {(rows) => rows.length === 0 ? <Empty>{t("victims.age_no_evidence")}</Empty> : rows.map(({ id: recordId, group, kind, at }) => (
          <Opened
            key={recordId} victimId={id} group={group} recordId={recordId} kind={kind} detail={formatMoment(at, language)}
            act={mayEdit && <ButtonLink kind="plain" href={`/cases/${id}/records/${recordId}`}>{t("victims.correct")}<span className="visually-hidden"> {formatMoment(at, language)}</span></ButtonLink>}
          />
        ))}
      </Loaded>
      {mayEdit && <div className="row"><ButtonLink href={`/cases/${id}/items/age_evidence`}>{t("victims.age_add_evidence")}</ButtonLink></div>}
    </section>
  );
}

function History({ id }: { id: string }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const said = useLabel("age_decision_kind");
  const evidence = useLabel("age_evidence_kind");
  const decisions = useDecisions(id);
  const born = (from: string | null | undefined, to: string | null | undefined): string | undefined =>
    from && to ? from === to ? t("victims.age_born", { day: formatDate(from, language) }) : t("victims.age_born_between", { from: formatDate(from, language), to: formatDate(to, language) }) : undefined;
  return (
    <section className="stack-tight" aria-labelledby="history">
      <h2 id="history">{t("victims.age_history")}</h2>
      <Loaded query={decisions}>
        {(rows) => rows.length === 0 ? <p className="quiet">{t("victims.age_undisputed")}</p> : (
          <Timeline
            moments={rows.map(({ id: key, at, kind, reason, by, agency, bornFrom, bornTo, evidence: proof, stands }) => ({
              key, at, when: formatMoment(at, language), who: [by?.displayName, name(agency)].filter(Boolean).join(t("parts.comma")),
              what: (
                <>
                  <strong>{said(kind)}</strong>{!stands && <span className="quiet"> {t("victims.age_superseded")}</span>}
                  {proof && <><br />{evidence(proof)}{t("parts.comma")}{born(bornFrom, bornTo)}</>}
                  <br /><bdi>{reason}</bdi>
                </>
              ),
            }))}
          />
        )}
      </Loaded>
    </section>
  );
}

function Acts({ id, mayDispute, mayDetermine }: { id: string; mayDispute: boolean; mayDetermine: boolean }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState<"dispute" | "determine">();
  const close = (): void => setOpen(undefined);
  return (mayDispute || mayDetermine) && (
    <>
      <div className="row">
        {mayDetermine && <Button kind="primary" onClick={() => setOpen("determine")}>{t("victims.age_determine")}</Button>}
        {mayDispute && <Button onClick={() => setOpen("dispute")}>{t("victims.age_dispute")}</Button>}
      </div>
      {open === "dispute" && <Dispute id={id} onClose={close} />}
      {open === "determine" && <Determine id={id} onClose={close} />}
    </>
  );
}
