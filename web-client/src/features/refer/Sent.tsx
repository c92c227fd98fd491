import { type ReactNode, useEffect, useState } from "react";
import { Redirect } from "wouter";
import { useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { StateChip } from "#parts/Chips.tsx";
import { CaseCode } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { Page } from "#ui/Page.tsx";
import { Loaded } from "#api/Loaded.tsx";
import { usePrepared } from "./reads.ts";
import type { StepProps } from "./Refer.tsx";

/** The code, what happens next, and where to go on. */
export function Sent({ victim, plan, drop }: StepProps): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const category = useLabel("service_category");
  const [ids] = useState(plan.sent);
  const sent = usePrepared(ids);
  useEffect(() => {
    void drop();
    // Once, on arrival: the plan has become referrals.
    // eslint-disable-next-line react/exhaustive-deps
  }, []);
  if (ids.length === 0) {
    return <Redirect to={`/cases/${victim.id}`} replace />;
  }
  return (
    <Page title={t("refer.sent", { count: ids.length })} tabTitle={t("refer.refer")}>
      <p>{t("refer.code")}</p>
      <p className="code"><CaseCode code={victim.caseCode} /></p>
      <ul className="cards">
        {sent.map((query, index) => (
          <li key={ids[index]} className="card">
            <Loaded query={query}>
              {({ referral }) => (
                <div className="stack-tight">
                  <div className="row"><StateChip state={referral.state} phase={referral.phase} party="sender" /></div>
                  <strong>{category(referral.category)}</strong>
                  <p>{name(referral.provider)}</p>
                  {referral.clock && <p>{t(referral.clock.kind === "acknowledge" ? "refer.must_look" : "refer.must_answer", { time: formatMoment(referral.clock.dueAt, language) })}</p>}
                  {referral.fallbacks.length > 0 && <p className="quiet">{t("parts.goes_on", { count: referral.fallbacks.length })}</p>}
                  <ButtonLink href={`/referrals/${referral.id}`}>{t("refer.open_referral")}<span className="visually-hidden"> {category(referral.category)}</span></ButtonLink>
                </div>
              )}
            </Loaded>
          </li>
        ))}
      </ul>
      <Banner kind="info">{t("refer.next")}</Banner>
      <p><ButtonLink kind="primary" href={`/cases/${victim.id}/about`}>{t("refer.add_more")}</ButtonLink></p>
      <p><ButtonLink href={`/cases/${victim.id}/slip`}>{t("refer.slip")}</ButtonLink></p>
    </Page>
  );
}
