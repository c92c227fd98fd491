import { lazy, type ReactNode, Suspense, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { readsReferrals, useMe } from "#api/session.ts";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { formatDate, formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Opened } from "#parts/Documents.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { ReferralList } from "#parts/ReferralList.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { CheckAnswers, Timeline } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Waiting } from "#ui/States.tsx";
import { CareLinks } from "./Care.tsx";
import { Closed, Closing } from "./Closing.tsx";
import { readable, useAccessLog, useNeeds, useReferralsOf, useVictim } from "./getVictim.ts";
import { itemKinds, useItems } from "./items.ts";
import { Dates } from "./Dates.tsx";
import { Household } from "./Household.tsx";
import { InEmergency } from "./InEmergency.tsx";
import { Team } from "./Team.tsx";

/** Forms and consequences of permissions come after what she needs: the page does not wait for them. */
const Permissions = lazy(async () => ({ default: (await import("./Permissions.tsx")).Permissions }));

export default function Case({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const victim = useVictim(id);
  return victim.data
    ? victim.data.emergencyUntil ? <InEmergency victim={victim.data} until={victim.data.emergencyUntil} /> : <Shown victim={victim.data} />
    : <Page title={t("victims.case")} back={() => go("/cases")}><Loaded query={victim}>{() => null}</Loaded></Page>;
}

/** What she needs comes first; who she is stays folded until somebody has a reason to look. */
function Shown({ victim }: { victim: VictimView }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const district = useDistrictName();
  const glimpse = useGlimpse();
  const [, go] = useLocation();
  const { id, may } = victim;
  const acts = [
    ...(may.refer ? [{ key: "refer", label: t("victims.refer"), kind: "primary" as const, onPress: () => go(`/cases/${id}/refer/needs`) }] : []),
    ...(may.edit ? [{ key: "add", label: t("victims.add"), onPress: () => go(`/cases/${id}/about`) }] : []),
    ...(may.transfer || may.askForLead ? [{ key: "transfer", label: t(may.transfer ? "transfers.move" : "transfers.request"), onPress: () => go(`/cases/${id}/transfer`) }] : []),
  ];
  return (
    <Page title={glimpse(victim)} tabTitle={t("victims.case")} wide back={() => go("/cases")} actionBar={acts.length > 0}>
      <CheckAnswers
        facts={[
          { label: t("parts.code"), value: <CaseCode code={victim.caseCode} /> },
          { label: t("parts.district"), value: district(victim.district) },
          { label: t("victims.lead"), value: name(victim.leadAgency) },
          { label: t("victims.opened"), value: <time dateTime={victim.openedAt}>{formatDate(victim.openedAt, language)}</time> },
        ]}
      />
      {victim.status === "closed" && <Closed victim={victim} />}
      {victim.whole ? <Whole victim={victim} /> : <Part victim={victim} />}
      {may.refer && <p><ButtonLink href={`/cases/${id}/slip`}>{t("victims.slip_tab")}</ButtonLink></p>}
      <ActionBar acts={acts} />
    </Page>
  );
}

/** What a referral, an order or an office opens of a case that others work on. */
function Part({ victim }: { victim: VictimView }): ReactNode {
  const t = useText();
  const { id, groups, may } = victim;
  const areas = useMe().data?.areas ?? [];
  return (
    <>
      {groups.length > 0 ? <>{readsReferrals(areas) && <Referrals id={id} />}<About victim={victim} /><Items id={id} mayEdit={false} /></> : <Banner kind="info">{t("victims.only_this")}</Banner>}
      {may.keepOrders && <Suspense fallback={<Waiting />}><Permissions victim={victim} mayRecord={false} mayShare={false} mayOrder /></Suspense>}
      {may.block && <p><ButtonLink href={`/cases/${id}/blocks`}>{t("victims.blocks")}</ButtonLink></p>}
    </>
  );
}

function About({ victim: { id, groups } }: { victim: VictimView }): ReactNode {
  const t = useText();
  const shown = groups.filter((group) => readable.includes(group));
  return shown.length > 0 && (
    <section className="stack-tight" aria-labelledby="about">
      <h2 id="about">{t("victims.about")}</h2>
      {groups.includes("identity") && <p><ButtonLink href={`/cases/${id}/age`}>{t("victims.age")}</ButtonLink></p>}
      {shown.map((group) => <Opened key={group} victimId={id} group={group} />)}
    </section>
  );
}

function Whole({ victim }: { victim: VictimView }): ReactNode {
  const t = useText();
  const { id, may, householdId } = victim;
  const areas = useMe().data?.areas ?? [];
  return (
    <>
      <Needs id={id} />
      {readsReferrals(areas) && <Referrals id={id} />}
      {may.edit && <Dates id={id} />}
      {householdId && <Household id={householdId} victimId={id} mayRefer={may.refer} />}
      <About victim={victim} />
      <Items id={id} mayEdit={may.edit} />
      <CareLinks id={id} mayEdit={may.edit} />
      <Suspense fallback={<Waiting />}><Permissions victim={victim} mayRecord={may.recordBasis} mayShare={may.shareWithoutConsent} mayOrder={may.keepOrders} /></Suspense>
      <Team id={id} mayManage={may.manageTeam} />
      {may.block && <p><ButtonLink href={`/cases/${id}/blocks`}>{t("victims.blocks")}</ButtonLink></p>}
      <Closing victim={victim} />
      <section className="stack-tight" aria-labelledby="hers">
        <h2 id="hers">{t("victims.hers")}</h2>
        <div className="row">
          {may.edit && <ButtonLink href={`/cases/${id}/voice`}>{t("victims.voice")}</ButtonLink>}
          <ButtonLink href={`/cases/${id}/seen`}>{t("victims.seen")}</ButtonLink>
        </div>
      </section>
      <WhoLooked id={id} />
    </>
  );
}

function Needs({ id }: { id: string }): ReactNode {
  const t = useText();
  const needs = useNeeds(id);
  const category = useLabel("service_category");
  const status = useTextIfAny();
  return (
    <section className="stack-tight" aria-labelledby="needs">
      <h2 id="needs">{t("victims.needs")}</h2>
      <Loaded query={needs}>
        {(all) => all.length === 0 ? <Empty>{t("victims.no_needs")}</Empty> : (
          <ul className="card facts">
            {all.map((need) => (
              <li key={need.id} className="spread">
                <strong>{category(need.category)}</strong>
                <span className="row"><NeedUrgency code={need.urgency} /><span className="quiet">{status(`victims.need_${need.status}`)}</span></span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

function Referrals({ id }: { id: string }): ReactNode {
  const t = useText();
  const referrals = useReferralsOf(id);
  return (
    <section className="stack-tight" aria-labelledby="referrals">
      <h2 id="referrals">{t("victims.referrals")}</h2>
      <Loaded query={referrals}>
        {(rows) => rows.length === 0 ? <Empty>{t("victims.no_referrals")}</Empty> : <ReferralList caption={t("victims.referrals")} box="sent" rows={rows} />}
      </Loaded>
    </section>
  );
}

/** Incidents, screenings and notes: dated, folded, read one by one. */
function Items({ id, mayEdit }: { id: string; mayEdit: boolean }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const kindLabel = useLabel("record_kind");
  const items = useItems(id);
  return (
    <Loaded query={items}>
      {(rows) => rows.length > 0 && (
        <details>
          <summary>{t("victims.items", { count: rows.length })}</summary>
          <div className="stack-tight">
            {rows.map(({ id: recordId, kind, group, at, restricted }) => (
              <Opened
                key={recordId} victimId={id} group={group} recordId={recordId} kind={kind}
                detail={`${formatMoment(at, language)}${restricted ? `${t("parts.comma")}${t("victims.is_restricted")}` : ""}`}
                act={mayEdit && itemKinds.some((one) => one === kind) && (
                  <ButtonLink kind="plain" href={`/cases/${id}/records/${recordId}`}>
                    {t("victims.correct")}<span className="visually-hidden"> {kindLabel(kind)}{t("parts.comma")}{formatMoment(at, language)}</span>
                  </ButtonLink>
                )}
              />
            ))}
          </div>
        </details>
      )}
    </Loaded>
  );
}

/** Read aloud to her when she asks who looked. */
function WhoLooked({ id }: { id: string }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("victims.who_looked")}</summary>
      {open && <AccessLog id={id} />}
    </details>
  );
}

function AccessLog({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const name = useName();
  const language = useLanguage();
  const group = useLabel("data_group");
  const role = useLabel("access_role");
  const log = useAccessLog(id);
  return (
    <Loaded query={log}>
      {(rows) => rows.length === 0 ? <p className="quiet">{t("victims.nobody_looked")}</p> : (
        <Timeline
          moments={rows.map(({ at, agency, role: as, action, groups }, index) => ({
            key: `${at} ${index}`, at, when: formatMoment(at, language),
            what: <>{say(`victims.action_${action.replaceAll(".", "_")}`) ?? action.replace(/[._]/g, " ")}{groups.length > 0 && <> · {groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))).join(t("parts.comma"))}</>}</>,
            who: [name(agency), as && role(as)].filter(Boolean).join(t("parts.comma")),
          }))}
        />
      )}
    </Loaded>
  );
}
