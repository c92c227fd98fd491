import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel, useName } from "#api/reference.ts";
import type { BasisView } from "#api/shapes.ts";
import { formatDate, formatTime } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { Ticks } from "#ui/Choices.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { Empty } from "#ui/States.tsx";
import { useBases, useWhatIf, useWithdraw, type Withdrawal } from "./bases.ts";

export function Permissions({ id, mayRecord }: { id: string; mayRecord: boolean }): ReactNode {
  const t = useText();
  const bases = useBases(id);
  const [ending, setEnding] = useState<BasisView>();
  const [endedAt, setEndedAt] = useState<Date>();
  const language = useLanguage();
  return (
    <section className="stack-tight" aria-labelledby="permissions">
      <h2 id="permissions">{t("victims.permissions")}</h2>
      {endedAt && <Banner kind="good" live>{t("victims.ended_at", { time: formatTime(endedAt, language) })}</Banner>}
      <Loaded query={bases}>
        {(all) => all.length === 0 ? <Empty>{t("victims.no_permissions")}</Empty> : (
          <ul className="cards">
            {all.map((basis) => (
              <li key={basis.id} className="card stack-tight">
                <PermissionView basis={basis} />
                {mayRecord && basis.status === "active" && <Button onClick={() => setEnding(basis)}>{t("victims.take_back")}</Button>}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {ending && <TakeBack id={id} basis={ending} onClose={() => setEnding(undefined)} onDone={() => setEndedAt(new Date())} />}
    </section>
  );
}

function PermissionView({ basis }: { basis: BasisView }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const kind = useLabel("legal_basis_kind");
  const status = useLabel("basis_status");
  const capacity = useLabel("consent_capacity");
  const group = useLabel("data_group");
  return (
    <>
      <div className="spread"><strong>{kind(basis.kind)}</strong><span className="quiet">{status(basis.status)}</span></div>
      <p>{basis.groups.filter((one) => one !== "minimum").map(group).join(t("parts.comma"))}</p>
      <p className="quiet small">{capacity(basis.capacity)} · <time dateTime={basis.validFrom}>{formatDate(basis.validFrom, language)}</time></p>
    </>
  );
}

type TakeBackProps = { id: string; basis: BasisView; onClose: () => void; onDone: () => void };

/** The effect first, then the word of the person; confirmed, it ends in the same moment. */
function TakeBack({ id, basis, onClose, onDone }: TakeBackProps): ReactNode {
  const t = useText();
  const name = useName();
  const sentence = useProblemText();
  const relation = useLabel("relation_kind");
  const group = useLabel("data_group");
  const effect = useWhatIf(id, basis.id);
  const withdraw = useWithdraw(id, basis.id);
  const giver = basis.givenBy.relation;
  const [by, setBy] = useState<Withdrawal["by"]>("self");
  const words = [
    { value: "self" as const, label: t("victims.said_self") },
    ...(giver === "self" ? [] : [{ value: giver, label: relation(giver) }]),
  ];
  return (
    <Sheet
      title={t("victims.is_taken_back")} verb={t("victims.take_back")} danger busy={withdraw.isPending} onClose={onClose}
      onConfirm={() => withdraw.mutate({ by, reason: by === "self" ? "person_withdrew" : "guardian_withdrew" }, {
        onSuccess: () => {
          onDone();
          onClose();
        },
      })}
    >
      {withdraw.error && <Banner kind="warning" live>{sentence(withdraw.error)}</Banner>}
      <Loaded query={effect}>
        {({ losesAccess, endsReferrals, stays }) => (
          <div className="stack-tight">
            <h3>{t("victims.lose_access")}</h3>
            {losesAccess.length === 0
              ? <p className="quiet">{t("victims.nobody_loses")}</p>
              : <ul>{losesAccess.map((one, index) => <li key={index}>{name(one.agency)}: {one.groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))).join(t("parts.comma"))}</li>)}</ul>}
            {endsReferrals.length > 0 && <p>{t("victims.ends_referrals", { count: endsReferrals.length })}</p>}
            {stays.length > 0 && <><h3>{t("victims.stays")}</h3><ul>{stays.map((one, index) => <li key={index}>{name(one.agency)}</li>)}</ul></>}
          </div>
        )}
      </Loaded>
      <Ticks name="by" kind="radio" legend={t("victims.who_said")} options={words} ticked={[by]} onChange={([said]) => said && setBy(said)} />
    </Sheet>
  );
}
