import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { BasisView } from "#api/shapes.ts";
import { formatDate } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { WaysLeft } from "#parts/WaysLeft.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { ErrorSummary, type Mistakes } from "#ui/Field.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { type Groups, useWhatIf, useWithdraw, type Withdrawal } from "./bases.ts";

type Props = { id: string; basis: BasisView; onClose: () => void; onDone: () => void };

/** Who said so and how much of it, then the effect; confirmed, it ends in the same moment. */
export function TakeBack({ id, basis, onClose, onDone }: Props): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const relation = useLabel("relation_kind");
  const group = useLabel("data_group");
  const withdraw = useWithdraw(id, basis.id);
  const giver = basis.givenBy.relation;
  const offered = basis.groups.filter((code) => code !== "minimum") as Groups;
  const [by, setBy] = useState<Withdrawal["by"]>("self");
  const [part, setPart] = useState<"all" | "some">("all");
  const [groups, setGroups] = useState<Groups>([]);
  const [attempt, setAttempt] = useState(0);
  const mistakes: Mistakes = attempt > 0 && part === "some" && groups.length === 0 ? { groups: t("victims.lacks_groups") } : {};
  const words = [
    { value: "self" as const, label: t("victims.said_self") },
    ...(giver === "self" || giver === "none" ? [] : [{ value: giver, label: relation(giver) }]),
  ];
  const confirm = (): void => {
    setAttempt(attempt + 1);
    if (part === "some" && groups.length === 0) {
      return;
    }
    withdraw.mutate({ by, reason: by === "self" ? "person_withdrew" : "guardian_withdrew", ...(part === "some" && { groups }) }, {
      onSuccess: () => {
        onDone();
        onClose();
      },
    });
  };
  return (
    <Sheet title={t("victims.is_taken_back")} verb={t("victims.take_back")} danger busy={withdraw.isPending} onClose={onClose} onConfirm={confirm}>
      <ErrorSummary mistakes={mistakes} attempt={attempt} />
      {withdraw.error && (withdraw.error.code === "guardian_conflicted" ? <WaysLeft victimId={id} problem={withdraw.error} /> : <Banner kind="warning" live>{sentence(withdraw.error)}</Banner>)}
      <Ticks name="by" kind="radio" legend={t("victims.who_said")} options={words} ticked={[by]} onChange={([said]) => said && setBy(said)} />
      {offered.length > 1 && (
        <Ticks
          name="part" kind="radio" legend={t("victims.how_much")} ticked={[part]} onChange={([one]) => one && setPart(one)}
          options={[{ value: "all", label: t("victims.all_of_it") }, { value: "some", label: t("victims.some_of_it") }]}
        />
      )}
      {part === "some" && (
        <Ticks name="groups" legend={t("victims.which_groups")} mistake={mistakes["groups"]} options={offered.map((value) => ({ value, label: group(value) }))} ticked={groups} onChange={setGroups} />
      )}
      {(part === "all" || groups.length > 0) && <Effect key={groups.join()} id={id} basisId={basis.id} groups={part === "some" ? groups : undefined} />}
    </Sheet>
  );
}

/** Who loses what at once, which referrals end, and what stays and why. */
export function Effect({ id, basisId, groups }: { id: string; basisId: string; groups: Groups | undefined }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const name = useName();
  const group = useLabel("data_group");
  const language = useLanguage();
  const effect = useWhatIf(id, basisId, groups);
  return (
    <Loaded query={effect}>
      {({ losesAccess, endsReferrals, stays, losesOrder }) => (
        <div className="sunk stack-tight">
          <h3>{t("victims.lose_access")}</h3>
          {losesAccess.length + losesOrder.length === 0
            ? <p className="quiet">{t("victims.nobody_loses")}</p>
            : <ul className="stack-tight">{[...losesAccess, ...losesOrder].map((one, index) => <li key={index}><strong>{name(one.agency)}</strong>: {one.groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))).join(t("parts.comma"))}</li>)}</ul>}
          {endsReferrals.length > 0 && <p>{t("victims.ends_referrals", { count: endsReferrals.length })}</p>}
          {stays.length > 0 && (
            <>
              <h3>{t("victims.stays")}</h3>
              <ul className="stack-tight">{stays.map(({ agency, why, until }, index) => <li key={index}><strong>{name(agency)}</strong>: {say(`victims.stays_${why}`) ?? why.replaceAll("_", " ")}{until && <> {t("victims.allowed_to", { date: formatDate(until, language) })}</>}</li>)}</ul>
            </>
          )}
        </div>
      )}
    </Loaded>
  );
}
