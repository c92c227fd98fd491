import type { ReactNode } from "react";
import { Redirect } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { NeedView, VictimView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { type Option, Ticks } from "#ui/Choices.tsx";
import { QuestionPage } from "#ui/QuestionPage.tsx";
import { useItemLabel } from "./items.ts";
import { type Group, type Share, shareOf } from "./plan.ts";
import { usePrepare } from "./prepare.ts";
import { type Covers, type ItemRow, type Prepared, useCovers, useItems, usePrepared } from "./reads.ts";
import type { StepProps } from "./Refer.tsx";

/** For each provider: which documents, and which items one by one. What nobody ticks stays in the case. */
export function ShareStep({ victim, chosen, plan, change, next, frame }: StepProps): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const needs = chosen.filter(({ id }) => plan.referrals[id]);
  const prepared = usePrepared(needs.map(({ id }) => plan.referrals[id] ?? ""));
  const items = useItems(victim.id);
  const prepare = usePrepare(victim.id);
  if (needs.length === 0) {
    return <Redirect to={`/cases/${victim.id}/refer/matches`} replace />;
  }
  return (
    <QuestionPage
      {...frame} question={t("refer.ask_share")} hint={t("refer.share_hint")} busy={prepare.isPending}
      onContinue={() => prepare.mutate({ needs, plan }, { onSuccess: (ready) => next("check", ready) })}
    >
      {prepare.error && <Banner kind="warning" live>{sentence(prepare.error)}</Banner>}
      {needs.map((need, index) => {
        const query = prepared[index];
        return query && (
          <Loaded key={need.id} query={query}>
            {(one) => (
              <Loaded query={items}>
                {(rows) => (
                  <ShareWith
                    need={need} victim={victim} prepared={one} items={rows} share={shareOf(plan, need.id)} ask={() => next("permission", plan)}
                    onChange={(share) => change({ ...plan, shares: { ...plan.shares, [need.id]: share } })}
                  />
                )}
              </Loaded>
            )}
          </Loaded>
        );
      })}
    </QuestionPage>
  );
}

/** What this client can show of a person, in the order in which it is told. */
export const documents = ["identity", "contact", "demographics", "health"] as const satisfies readonly Group[];

type WithProps = { need: NeedView; victim: VictimView; prepared: Prepared; items: readonly ItemRow[]; share: Share; ask: () => void; onChange: (share: Share) => void };

function ShareWith({ need, victim, prepared: { referral }, items, share, ask, onChange }: WithProps): ReactNode {
  const t = useText();
  const name = useName();
  const category = useLabel("service_category");
  const group = useLabel("data_group");
  const label = useItemLabel();
  const offered = documents.filter((code) => victim.groups.includes(code));
  // Everything that could be ticked is asked about at once, so that a tick waits for nobody.
  const { data: covers = (() => undefined) as Covers } = useCovers(victim.id, referral.provider.id, { groups: [...offered], records: items.map(({ id }) => id) });
  const lacking = [...share.groups, ...share.records].some((piece) => covers(piece) === false);
  const itemOf = (item: ItemRow): Option<string> => ({
    value: item.id, label: label(item),
    hint: item.restricted && covers(item.id) === false ? t("refer.item_not_named") : coverText(t, covers(item.id)),
  });
  return (
    <section className="card stack" aria-label={category(need.category)}>
      <div>
        <h2>{category(need.category)}</h2>
        <p>{name(referral.service)} · {name(referral.provider)}</p>
      </div>
      <Ticks
        name={`groups-${need.id}`} legend={t("refer.share_groups")} ticked={share.groups} onChange={(groups) => onChange({ ...share, groups })}
        options={offered.map((code) => ({ value: code, label: group(code), hint: coverText(t, covers(code)) }))}
      />
      {items.length > 0 && (
        <Ticks
          name={`records-${need.id}`} legend={t("refer.share_items")} hint={t("refer.share_items_hint")}
          ticked={share.records} onChange={(records) => onChange({ ...share, records })} options={items.map(itemOf)}
        />
      )}
      {lacking && (
        <Banner kind="warning">
          <p>{t("refer.lacks_permission")}</p>
          <Button onClick={ask}>{t("refer.ask_again")}</Button>
        </Banner>
      )}
    </section>
  );
}

function coverText(t: ReturnType<typeof useText>, covered: boolean | undefined): string | undefined {
  return covered === undefined ? undefined : t(covered ? "refer.covered" : "refer.piece_not_covered");
}
