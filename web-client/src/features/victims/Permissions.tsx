import { type ReactNode, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useAreaName, useLabel, useName } from "#api/reference.ts";
import type { BasisView } from "#api/shapes.ts";
import { formatDate, formatMoment, formatTime } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Empty } from "#ui/States.tsx";
import { useBases } from "./bases.ts";
import { TakeBack } from "./TakeBack.tsx";

/** What allows sharing now, each with its end; what has ended is folded. */
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
        {(all) => {
          const inForce = all.filter(({ status }) => status === "active");
          const ended = all.filter(({ status }) => status !== "active");
          return (
            <>
              {inForce.length === 0 && <Empty>{t("victims.no_permissions")}</Empty>}
              <ul className="cards">
                {inForce.map((basis) => (
                  <li key={basis.id} className="card stack-tight">
                    <PermissionView basis={basis} />
                    {mayRecord && basis.kind === "consent" && <Button onClick={() => setEnding(basis)}>{t("victims.take_back")}</Button>}
                  </li>
                ))}
              </ul>
              {ended.length > 0 && (
                <details>
                  <summary>{t("victims.ended_permissions", { count: ended.length })}</summary>
                  <ul className="cards">{ended.map((basis) => <li key={basis.id} className="card stack-tight"><PermissionView basis={basis} /></li>)}</ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
      {ending && <TakeBack id={id} basis={ending} onClose={() => setEnding(undefined)} onDone={() => setEndedAt(new Date())} />}
    </section>
  );
}

function PermissionView({ basis }: { basis: BasisView }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const area = useAreaName();
  const kind = useLabel("legal_basis_kind");
  const status = useLabel("basis_status");
  const capacity = useLabel("consent_capacity");
  const group = useLabel("data_group");
  const agencyKind = useLabel("agency_kind");
  const reason = useLabel("withdrawal_reason");
  const { recipients, hideFrom, validFrom, validTo, endedAt, endedReason } = basis;
  const listed = (words: readonly string[]): string => words.join(t("parts.comma"));
  const shared = [
    ...basis.groups.map((code) => (code === "minimum" ? t("victims.minimum") : group(code))),
    ...(basis.records.length > 0 ? [t("victims.named_items", { count: basis.records.length })] : []),
  ];
  const whom = [...recipients.agencies.map(name), ...recipients.kinds.map(agencyKind), ...recipients.districts.map(area)];
  const hidden = [...hideFrom.agencies.map(name), ...hideFrom.kinds.map(agencyKind)];
  return (
    <>
      <div className="spread"><h3>{kind(basis.kind)}</h3><span className="quiet">{status(basis.status)}</span></div>
      <CheckAnswers
        bare
        facts={[
          { label: t("victims.may_be_shared"), value: listed(shared) },
          ...(whom.length > 0 ? [{ label: t("victims.with_whom"), value: listed(whom) }] : []),
          ...(hidden.length > 0 ? [{ label: t("victims.never_with"), value: listed(hidden) }] : []),
          { label: t("victims.allowed_by"), value: capacity(basis.capacity) },
          { label: t("victims.allowed_from"), value: <>{formatDate(validFrom, language)}{validTo && <> {t("victims.allowed_to", { date: formatDate(validTo, language) })}</>}</> },
          ...(endedAt ? [{ label: t("victims.ended"), value: <>{formatMoment(endedAt, language)}{endedReason && <> · {reason(endedReason)}</>}</> }] : []),
        ]}
      />
    </>
  );
}
