import { type ReactNode, useEffect, useRef, useState } from "react";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel } from "#api/reference.ts";
import type { BasisView, VictimView } from "#api/shapes.ts";
import { formatTime } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { BasisFacts } from "#parts/BasisFacts.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { Empty } from "#ui/States.tsx";
import { useBases } from "./bases.ts";
import { CountUnnamed } from "./CountUnnamed.tsx";
import { type MoveAction, MoveBasis } from "./MoveBasis.tsx";
import { TakeBack } from "./TakeBack.tsx";
import { type UnaskedKind, unaskedKinds } from "./unasked.ts";

type Props = { victim: VictimView; mayRecord: boolean; mayShare: boolean; mayOrder: boolean };

const stands = new Set(["active", "stayed"]);

/** What allows sharing now or waits for a second person, each with its end; what has ended is folded. */
export function Permissions({ victim, mayRecord, mayShare, mayOrder }: Props): ReactNode {
  const { id, asChild } = victim;
  const t = useText();
  const bases = useBases(id);
  const [ending, setEnding] = useState<BasisView>();
  const [moving, setMoving] = useState<{ basis: BasisView; action: MoveAction }>();
  const [endedAt, setEndedAt] = useState<Date>();
  const [movedAt, setMovedAt] = useState<Date>();
  const language = useLanguage();
  const here = useRef<HTMLElement>(null);
  const isHere = bases.data !== undefined;
  // Whoever was sent to this part of a long page.
  useEffect(() => {
    if (isHere && location.hash === "#permissions") {
      here.current?.scrollIntoView();
    }
  }, [isHere]);
  const offered = unaskedKinds.filter((kind) => (kind === "orders" ? mayOrder : mayShare));
  return (
    <section ref={here} className="stack-tight" aria-labelledby="permissions">
      <h2 id="permissions">{t("victims.permissions")}</h2>
      {endedAt && <Banner kind="good" live>{t("victims.ended_at", { time: formatTime(endedAt, language) })}</Banner>}
      {movedAt && <Banner kind="good" live>{t("victims.written_at", { time: formatTime(movedAt, language) })}</Banner>}
      <Loaded query={bases}>
        {(all) => {
          const waiting = all.filter(({ status }) => status === "pending");
          const inForce = all.filter(({ status }) => stands.has(status));
          const ended = all.filter(({ status }) => status !== "pending" && !stands.has(status));
          const card = (basis: BasisView): ReactNode => (
            <li key={basis.id} className="card stack-tight">
              <BasisFacts basis={basis} />
              <Acts basis={basis} onTakeBack={() => setEnding(basis)} onMove={(action) => setMoving({ basis, action })} amend={`/cases/${id}/permissions/new/`} />
            </li>
          );
          return (
            <>
              {waiting.length > 0 && <><h3>{t("victims.waits_for_second")}</h3><ul className="cards">{waiting.map(card)}</ul></>}
              {inForce.length === 0 && <Empty>{t("victims.no_permissions")}</Empty>}
              <ul className="cards">{inForce.map(card)}</ul>
              {mayShare && !asChild && all.some(({ status, kind }) => status === "refused" && kind === "consent") && <CountUnnamed victim={victim} />}
              {ended.length > 0 && (
                <details>
                  <summary>{t("victims.ended_permissions", { count: ended.length })}</summary>
                  <ul className="cards">{ended.map(card)}</ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
      {offered.length > 0 && (
        <details>
          <summary>{t("victims.without_asking")}</summary>
          <ul className="stack-tight">{offered.map((kind) => <li key={kind}><ButtonLink href={`/cases/${id}/permissions/new/${kind}`}>{t(`victims.new_${kind}`)}</ButtonLink></li>)}</ul>
        </details>
      )}
      {ending && <TakeBack id={id} basis={ending} onClose={() => setEnding(undefined)} onDone={() => setEndedAt(new Date())} />}
      {moving && <MoveBasis id={id} {...moving} asksEffect={mayRecord} onClose={() => setMoving(undefined)} onDone={() => setMovedAt(new Date())} />}
    </section>
  );
}

const amendedAt: Record<string, UnaskedKind> = { best_interests_decision: "best-interests", court_order: "orders", guardianship: "guardianships" };

/** What the server says can be done with it. */
function Acts({ basis, amend, onTakeBack, onMove }: { basis: BasisView; amend: string; onTakeBack: () => void; onMove: (action: MoveAction) => void }): ReactNode {
  const t = useText();
  const word = useLabel("basis_action");
  return basis.allowedActions.length > 0 && (
    <div className="row">
      {basis.allowedActions.map((action) => {
        switch (action) {
          case "withdraw": return <Button key={action} onClick={onTakeBack}>{t("victims.take_back")}</Button>;
          case "amend": return <ButtonLink key={action} href={`${amend}${amendedAt[basis.kind] ?? ""}?instead=${basis.id}`}>{word(action)}</ButtonLink>;
          default: return <Button key={action} onClick={() => onMove(action)}>{word(action)}</Button>;
        }
      })}
    </div>
  );
}
