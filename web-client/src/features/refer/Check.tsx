import type { ReactNode } from "react";
import { Redirect } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { DisclosurePreview, type Share } from "#ui/DisclosurePreview.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { useSend } from "./prepare.ts";
import { type Prepared, usePrepared } from "./reads.ts";
import type { StepProps } from "./Refer.tsx";

/** For each provider: what it sees before it accepts, what after, and by when it must answer. */
export function Check({ victim, chosen, plan, next, frame }: StepProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const ids = Object.values(plan.referrals);
  const prepared = usePrepared(ids);
  const send = useSend(victim.id);
  const category = useLabel("service_category");
  const nobody = chosen.filter(({ id }) => !plan.referrals[id]);
  if (ids.length === 0) {
    return <Redirect to={`/cases/${victim.id}/refer/matches`} replace />;
  }
  // Nobody sends before having seen what each provider will see.
  const shown = prepared.every(({ data }) => data !== undefined);
  const lacking = prepared.some(({ data }) => data && data.preview.missing.length > 0);
  return (
    <QuestionPage
      {...frame} question={t("refer.check")} busy={send.isPending} continueLabel={t("refer.send", { count: ids.length })}
      {...(shown && { onContinue: () => send.mutate(ids, { onSuccess: (sent) => next("sent", { ...plan, sent: sent.map(({ id }) => id) }) }) })}
    >
      {send.error && <Banner kind="warning" live>{sentence(send.error)}</Banner>}
      {lacking && (
        <Banner kind="warning">
          <p>{t("refer.lacks_permission")}</p>
          <ButtonLink href={`/cases/${victim.id}/refer/permission`}>{t("refer.ask_again")}</ButtonLink>
        </Banner>
      )}
      {nobody.length > 0 && <Banner kind="warning">{t("refer.nobody_for", { needs: nobody.map((need) => category(need.category)).join(t("parts.comma")) })}</Banner>}
      {prepared.map((query, index) => <Loaded key={ids[index]} query={query}>{(one) => <WhatTheySee prepared={one} />}</Loaded>)}
    </QuestionPage>
  );
}

const documents = ["identity", "contact", "demographics", "health"] as const;

function WhatTheySee({ prepared: { referral, preview } }: { prepared: Prepared }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const language = useLanguage();
  const name = useName();
  const group = useLabel("data_group");
  const category = useLabel("service_category");
  const after = new Map(preview.after.map((one) => [one.group, one]));
  const shares: Share[] = [
    { key: "before", group: preview.before.map((field) => say(`refer.field_${field}`) ?? field).join(t("parts.comma")), shown: "before" },
    ...documents.map((code): Share => {
      const shared = after.get(code);
      return {
        key: code, group: group(code), shown: shared ? "after" : "never",
        ...(shared && { basis: t(shared.covered ? "refer.covered" : "refer.not_covered") }),
      };
    }),
  ];
  return (
    <div className="card stack-tight">
      <h2>{category(referral.category)}</h2>
      <p><strong>{name(referral.service)}</strong> · {name(referral.provider)}</p>
      <div className="row"><NeedUrgency code={referral.urgency} /> <span>{t("refer.respond_by", { time: formatMoment(preview.respondBy.decide, language) })}</span></div>
      <DisclosurePreview caption={t("refer.what_they_see", { name: name(referral.provider) })} shares={shares} />
    </div>
  );
}
