import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import type { TextId } from "#i18n/ids.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { NeedUrgency } from "#parts/Chips.tsx";
import { BasisFacts } from "#parts/BasisFacts.tsx";
import { BlockFacts } from "#parts/BlockFacts.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button, ButtonLink } from "#ui/Button.tsx";
import { ClockChip } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { Sheet } from "#ui/Sheet.tsx";
import { DecideSheet } from "./DecideSheet.tsx";
import type { Said } from "./Desk.tsx";
import { type Approval as Shape, type Decision, useApproval, useTakeBack } from "./desk.ts";

/** All that is needed to decide, on one screen: what is asked, of whom, why, by when. */
export default function Approval({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const approval = useApproval(id);
  return approval.data
    ? <Shown approval={approval.data} />
    : <Page title={t("desk.one")} back={() => go("/desk")}><Loaded query={approval}>{() => null}</Loaded></Page>;
}

function Shown({ approval }: { approval: Shape }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const kind = useLabel("approval_kind");
  const [deciding, setDeciding] = useState<Decision>();
  const [isTaking, setTaking] = useState(false);
  const { state, own, escalated, question, subjectKind, subjectId, victimId } = approval;
  const decisions = approval.allowedDecisions as Decision[];
  return (
    <Page title={kind(approval.kind)} tabTitle={t("desk.one")} back={() => go("/desk")} actionBar={decisions.length > 0}>
      {state === "open" && own && <Banner kind="info">{t("desk.own")}</Banner>}
      {state === "open" && escalated && <Banner kind="warning">{t("desk.escalated")}</Banner>}
      {state !== "open" && <Decided approval={approval} />}
      {question && (
        <section className="stack-tight" aria-labelledby="why">
          <h2 id="why">{t("desk.in_words")}</h2>
          <p className="card" dir="auto">{question}</p>
        </section>
      )}
      {approval.basis && <section className="card stack-tight" aria-label={t("desk.would_allow")}><BasisFacts basis={approval.basis} /></section>}
      {approval.block && <section className="card stack-tight" aria-label={t("desk.alert_block")}><BlockFacts block={approval.block} /></section>}
      <Facts approval={approval} />
      {/* Who sees the minimum sees that page too; it says so itself. */}
      <ButtonLink href={subjectKind === "referral" ? `/referrals/${subjectId}` : `/cases/${victimId}`}>
        {t(subjectKind === "referral" ? "desk.open_referral" : "desk.open_case")}
      </ButtonLink>
      {approval.groupId && <div><ButtonLink href={`/groups/${approval.groupId}`}>{t("desk.open_group")}</ButtonLink></div>}
      {approval.mayWithdraw && <div><Button onClick={() => setTaking(true)}>{t("desk.take_back")}</Button></div>}
      {isTaking && <TakeBack id={approval.id} onClose={() => setTaking(false)} onDone={() => go("/desk", { state: { said: "desk.said_taken_back" } satisfies Said })} />}
      <ActionBar
        acts={decisions.map((decision) => ({
          key: decision, label: t(`desk.act_${decision}` as TextId), kind: decision === "approve" ? "primary" as const : "secondary" as const, onPress: () => setDeciding(decision),
        }))}
      />
      {deciding && (
        <DecideSheet
          approval={approval} decision={deciding} onClose={() => setDeciding(undefined)}
          onDone={() => go("/desk", { state: { said: "desk.said" } satisfies Said })}
        />
      )}
    </Page>
  );
}

function TakeBack({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const cache = useQueryClient();
  const taking = useTakeBack(id);
  return (
    <Sheet
      title={t("desk.take_back")} verb={t("desk.take_back")} busy={taking.isPending} onClose={onClose}
      onConfirm={() => taking.mutate(undefined, {
        onSuccess: onDone,
        // Somebody decided meanwhile: the page behind shows what.
        onError: ({ status }) => void (status === 409 && cache.invalidateQueries({ queryKey: ["approval", id] })),
      })}
    >
      {taking.error && <Banner kind="warning" live>{sentence(taking.error)}</Banner>}
      <p className="quiet">{t("desk.about_take_back")}</p>
    </Sheet>
  );
}

function Decided({ approval: { state, decidedBy, decidedAt, line } }: { approval: Shape }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const label = useLabel("approval_state");
  return (
    <Banner kind={state === "approved" ? "good" : "info"}>
      {label(state)}{decidedBy && <>{t("parts.comma")}<bdi>{decidedBy.displayName}</bdi></>}{decidedAt && <>{t("parts.comma")}{formatMoment(decidedAt, language)}</>}
      {line && <p dir="auto">{line}</p>}
    </Banner>
  );
}

function Facts({ approval }: { approval: Shape }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const glimpse = useGlimpse();
  const district = useDistrictName();
  const reason = useLabel("closure_reason");
  const criterion = useLabel("closure_criterion");
  const { urgency, caseCode, agency, askedBy, askedAt, dueAt, state, criteria } = approval;
  return (
    <CheckAnswers
      facts={[
        { label: t("desk.whom"), value: glimpse(approval) },
        ...(approval.reason ? [{ label: t("desk.reason"), value: reason(approval.reason) }] : []),
        ...(criteria.length > 0 ? [{ label: t("desk.criteria"), value: <ul>{criteria.map((code) => <li key={code}>{criterion(code)}</li>)}</ul> }] : []),
        ...(askedBy ? [{ label: t("desk.asked_by"), value: <bdi>{askedBy.displayName}</bdi> }] : []),
        { label: t("desk.asked_at"), value: <time dateTime={askedAt}>{formatMoment(askedAt, language)}</time> },
        { label: t("desk.by"), value: <ClockChip startedAt={askedAt} dueAt={dueAt} state={state === "open" ? "running" : "met"} /> },
        { label: t("parts.urgency"), value: <NeedUrgency code={urgency} /> },
        { label: t("desk.agency"), value: name(agency) },
        { label: t("parts.district"), value: district(approval.district) },
        { label: t("parts.code"), value: <CaseCode code={caseCode} /> },
      ]}
    />
  );
}
