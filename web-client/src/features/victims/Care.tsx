import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel } from "#api/reference.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Opened } from "#parts/Documents.tsx";
import { useGlimpse } from "#parts/People.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty } from "#ui/States.tsx";
import { useVictim } from "./getVictim.ts";
import { type ItemKind, useItemsOf, useVisitsDue } from "./items.ts";

type Props = { id: string };

/** What shall be reached, and who sees to it. */
export function Plan({ id }: Props): ReactNode {
  const t = useText();
  const plans = useItemsOf(id, "plan");
  return (
    <Frame id={id} title={t("victims.plan")} tab={t("victims.plan")} kind="plan" verb={t("victims.plan_make")} mayAdd={plans.data?.length === 0}>
      <Loaded query={plans}>
        {(rows) => rows.length === 0 ? <Empty>{t("victims.no_plan")}</Empty> : (
          <section className="stack-tight" aria-labelledby="agreed">
            <h2 id="agreed">{t("victims.plan_agreed")}</h2>
            <Items id={id} rows={rows} kind="plan" correct={t("victims.plan_change")} />
          </section>
        )}
      </Loaded>
    </Frame>
  );
}

/** Which visits are due, and what was seen at those that were made. */
export function Visits({ id }: Props): ReactNode {
  const t = useText();
  const language = useLanguage();
  const which = useLabel("follow_up_kind");
  const due = useVisitsDue(id);
  const visits = useItemsOf(id, "visit");
  return (
    <Frame id={id} title={t("victims.visits")} tab={t("victims.visits")} kind="visit" verb={t("victims.visit_write")} mayAdd>
      <Loaded query={due}>
        {(clocks) => clocks.length === 0 ? <p className="quiet">{t("victims.no_visit_due")}</p> : (
          <ul className="card facts">
            {clocks.map(({ id: clockId, visit, startedAt, dueAt, state }) => (
              <li key={clockId} className="spread">
                <div><strong>{which(visit)}</strong><p className="quiet small"><time dateTime={dueAt}>{formatDate(dueAt, language)}</time></p></div>
                <ClockChip startedAt={startedAt} dueAt={dueAt} state={state as "running"} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <section className="stack-tight" aria-labelledby="made">
        <h2 id="made">{t("victims.visits_made")}</h2>
        <Loaded query={visits}>
          {(rows) => rows.length === 0 ? <Empty>{t("victims.no_visits")}</Empty> : <Items id={id} rows={rows} kind="visit" correct={t("victims.correct")} />}
        </Loaded>
      </section>
    </Frame>
  );
}

type FrameProps = Props & { title: string; tab: string; kind: ItemKind; verb: string; mayAdd: boolean; children: ReactNode };

function Frame({ id, title, tab, kind, verb, mayAdd, children }: FrameProps): ReactNode {
  const [, go] = useLocation();
  const glimpse = useGlimpse();
  const victim = useVictim(id);
  return (
    <Page title={title} tabTitle={tab} back={() => go(`/cases/${id}`)} lead={victim.data && <p className="quiet">{glimpse(victim.data)}</p>}>
      {children}
      {mayAdd && victim.data?.may.edit && <ButtonLink kind="primary" href={`/cases/${id}/items/${kind}`}>{verb}</ButtonLink>}
    </Page>
  );
}

type ItemsProps = Props & { rows: readonly { id: string; group: string; at: string }[]; kind: ItemKind; correct: string };

function Items({ id, rows, kind, correct }: ItemsProps): ReactNode {
  const language = useLanguage();
  const mayEdit = useVictim(id).data?.may.edit ?? false;
  return (
    <div className="stack-tight">
      {rows.map(({ id: recordId, group, at }) => (
        <Opened
          key={recordId} victimId={id} group={group} recordId={recordId} kind={kind} detail={formatMoment(at, language)}
          act={mayEdit && <ButtonLink kind="plain" href={`/cases/${id}/records/${recordId}`}>{correct}<span className="visually-hidden"> {formatMoment(at, language)}</span></ButtonLink>}
        />
      ))}
    </div>
  );
}

/** The way to both, and to what cannot wait. */
export function CareLinks({ id, mayEdit }: Props & { mayEdit: boolean }): ReactNode {
  const t = useText();
  return (
    <section className="stack-tight" aria-labelledby="care">
      <h2 id="care">{t("victims.care")}</h2>
      <div className="row">
        <ButtonLink href={`/cases/${id}/plan`}>{t("victims.plan")}</ButtonLink>
        <ButtonLink href={`/cases/${id}/visits`}>{t("victims.visits")}</ButtonLink>
        <ButtonLink href={`/cases/${id}/files`}>{t("victims.files")}</ButtonLink>
        {mayEdit && <ButtonLink href={`/cases/${id}/items/critical_incident`}>{t("victims.critical")}</ButtonLink>}
      </div>
    </section>
  );
}
