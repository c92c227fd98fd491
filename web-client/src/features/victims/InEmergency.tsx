import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useDistrictName, useName } from "#api/reference.ts";
import type { VictimView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Opened } from "#parts/Documents.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { readable } from "./getVictim.ts";

const hours = 4 * 60 * 60_000;

/** What an emergency access shows of a case: framed, with the time that is left, and nothing that it does not open. */
export function InEmergency({ victim, until }: { victim: VictimView; until: string }): ReactNode {
  const t = useText();
  const name = useName();
  const district = useDistrictName();
  const glimpse = useGlimpse();
  const [, go] = useLocation();
  const ends = Date.parse(until);
  if (useIsOver(ends)) {
    return (
      <Page title={t("victims.case")} back={() => go("/emergency")}>
        <Banner kind="info" live>{t("victims.emergency_over")}</Banner>
      </Page>
    );
  }
  const { id, groups } = victim;
  return (
    <Page title={glimpse(victim)} tabTitle={t("victims.case")} emergency back={() => go("/emergency")}>
      <Banner kind="danger">
        <p>{t("victims.emergency")}</p>
        <p><ClockChip startedAt={new Date(ends - hours).toISOString()} dueAt={until} state="running" /></p>
      </Banner>
      <CheckAnswers
        facts={[
          { label: t("parts.code"), value: <CaseCode code={victim.caseCode} /> },
          { label: t("parts.district"), value: district(victim.district) },
          { label: t("victims.lead"), value: name(victim.leadAgency) },
        ]}
      />
      {groups.length > 0 && (
        <section className="stack-tight" aria-labelledby="about">
          <h2 id="about">{t("victims.about")}</h2>
          {groups.filter((group) => readable.includes(group)).map((group) => <Opened key={group} victimId={id} group={group} />)}
        </section>
      )}
      <div><ButtonLink href="/emergency">{t("victims.emergency_more")}</ButtonLink></div>
    </Page>
  );
}

/** To the second, and not to the minute as clocks tick: what was shown goes when it may be shown no more. */
function useIsOver(ends: number): boolean {
  const [isOver, setOver] = useState(() => ends <= Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, ends - Date.now()));
    return () => clearTimeout(timer);
  }, [ends]);
  return isOver;
}
