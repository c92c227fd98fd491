import type { ReactNode } from "react";
import { Redirect } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { DisclosurePreview, type Share } from "#ui/DisclosurePreview.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { Fallbacks } from "./Fallbacks.tsx";
import { useItemLabel } from "./items.ts";
import { draftOf, shareOf } from "./plan.ts";
import { isDraft, useSend } from "./prepare.ts";
import { type ItemRow, type Prepared, useItems, usePrepared } from "./reads.ts";
import { documents } from "./Share.tsx";
import type { StepProps } from "./Refer.tsx";

/** For each provider: what it sees before it accepts, what after, and by when it must answer. */
export function Check({ victim, needs, chosen, plan, change, next, frame }: StepProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const sendings = Object.entries(plan.referrals).flatMap(([needId, id]) => needs.filter((need) => need.id === needId).map((need) => ({ id, need, draft: draftOf(victim.id, need, plan) })));
  const ids = sendings.map(({ id }) => id);
  const prepared = usePrepared(ids);
  const { data: items = [] } = useItems(victim.id);
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
      {...(shown && { onContinue: () => send.mutate(sendings.map(({ id, draft }) => ({ id, draft })), { onSuccess: (sent) => next("sent", { ...plan, sent: sent.map(({ id }) => id) }) }) })}
    >
      {send.error && <Banner kind="warning" live>{sentence(send.error)}</Banner>}
      {lacking && (
        <Banner kind="warning">
          <p>{t("refer.lacks_permission")}</p>
          <Button onClick={() => next("permission", plan)}>{t("refer.ask_again")}</Button>
        </Banner>
      )}
      {nobody.length > 0 && <Banner kind="warning">{t("refer.nobody_for", { needs: nobody.map((need) => category(need.category)).join(t("parts.comma")) })}</Banner>}
      {sendings.map(({ id, need, draft }, index) => {
        const query = prepared[index];
        return query && (
          <Loaded key={id} query={query}>
            {(one) => (
              <div className="card stack-tight">
                <WhatTheySee prepared={one} items={items} />
                {isDraft(one.referral) && (
                  <Fallbacks
                    victimId={victim.id} need={need} referral={one.referral} share={shareOf(plan, need.id)} picked={draft.fallbacks ?? []}
                    onChange={(picked) => change({ ...plan, fallbacks: { ...plan.fallbacks, [need.id]: picked } })}
                  />
                )}
              </div>
            )}
          </Loaded>
        );
      })}
      <Button kind="plain" onClick={() => next("share", plan)}>{t("refer.change_share")}</Button>
    </QuestionPage>
  );
}

function WhatTheySee({ prepared: { referral, preview }, items }: { prepared: Prepared; items: readonly ItemRow[] }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const language = useLanguage();
  const name = useName();
  const group = useLabel("data_group");
  const category = useLabel("service_category");
  const label = useItemLabel();
  const after = new Map(preview.after.map((one) => [one.recordId ?? one.group as string, one]));
  const basisOf = (covered: boolean): string => t(covered ? "refer.covered" : "refer.piece_not_covered");
  const going = items.filter(({ id }) => after.has(id));
  const staying = items.length - going.length;
  const shares: Share[] = [
    { key: "before", group: preview.before.map((field) => say(`refer.field_${field}`) ?? field).join(t("parts.comma")), shown: "before" },
    ...documents.map((code): Share => {
      const shared = after.get(code);
      return {
        key: code, group: group(code), shown: shared ? "after" : "never",
        ...(shared && { basis: basisOf(shared.covered) }),
      };
    }),
    ...going.map((item): Share => ({ key: item.id, group: label(item), shown: "after", basis: basisOf(after.get(item.id)?.covered === true) })),
    ...(staying > 0 ? [{ key: "others", group: t("refer.other_items", { count: staying }), shown: "never" } satisfies Share] : []),
  ];
  return (
    <>
      <h2>{category(referral.category)}</h2>
      <p><strong>{name(referral.service)}</strong> · {name(referral.provider)}</p>
      <div className="row"><NeedUrgency code={referral.urgency} /> <span>{t("refer.respond_by", { time: formatMoment(preview.respondBy.decide, language) })}</span></div>
      <h3>{t("refer.you_will_send")}</h3>
      <DisclosurePreview caption={t("refer.what_they_see", { name: name(referral.provider) })} shares={shares} />
    </>
  );
}
