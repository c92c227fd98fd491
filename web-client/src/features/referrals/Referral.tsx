import { type ReactNode, useState } from "react";
import { Link, useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useDistrictName, useLabel, useName } from "#api/reference.ts";
import type { AllowedAction, ReferralView } from "#api/shapes.ts";
import type { Tagged } from "#api/client.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText, useTextIfAny } from "#i18n/i18n.tsx";
import { NeedUrgency, StateChip } from "#parts/Chips.tsx";
import { Opened } from "#parts/Documents.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ButtonLink } from "#ui/Button.tsx";
import { ClockChip, span } from "#ui/Chips.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { ActionSheet, verbOf } from "./ActionSheet.tsx";
import { History } from "./History.tsx";
import { Messages } from "./Messages.tsx";
import type { Kind } from "./entries.ts";
import { useReferral, useShell } from "./getReferral.ts";
import { Reroute } from "./Reroute.tsx";

export default function Referral({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const referral = useReferral(id);
  return referral.data
    ? <Shown read={referral.data} />
    : <Page title={t("referrals.referral")} back={() => go("/referrals/received")}><Loaded query={referral}>{() => null}</Loaded></Page>;
}

/** The order in which actions are offered; the server alone decides which. */
const order = [
  "accept", "arrive", "complete", "answer_info", "submit", "reschedule", "refuse_cancel", "resume", "confirm_cancel", "decline", "request_info", "acknowledge",
  "schedule", "depart", "report_no_show", "end_early", "hold", "cancel", "request_cancel", "enter_in_error",
];
const rank = ({ action }: AllowedAction): number => (order.indexOf(action) + order.length + 1) % (order.length + 1);

function Shown({ read }: { read: Tagged<ReferralView> }): ReactNode {
  const t = useText();
  const say = useTextIfAny();
  const language = useLanguage();
  const [, go] = useLocation();
  const category = useLabel("service_category");
  const reason = useLabel("decline_reason");
  const [acting, setActing] = useState<AllowedAction>();
  const referral = read.value;
  const { party, state, clock } = referral;
  const box = party === "sender" ? "sent" : "received";
  const offered = [...referral.allowedActions].sort((a, b) => rank(a) - rank(b));
  // Where to send it on is chosen among providers, not typed.
  // A child is received before she arrives.
  const receives = referral.awaitsHandover && party === "provider";
  const acts = offered.filter(({ action }) => action !== "reroute" && !(receives && action === "arrive"));
  const handover = (): void => go(`/referrals/${referral.id}/handover`);
  const next = say(`referrals.next_${party}_${state}`);
  return (
    <Page
      title={category(referral.category)} tabTitle={t("referrals.referral")} actionBar={acts.length > 0}
      back={() => go(`/referrals/${box}`)}
      lead={(
        <div className="row">
          <StateChip state={state} phase={referral.phase} party={party} />
          <NeedUrgency code={referral.urgency} />
          {clock && <ClockChip startedAt={clock.startedAt} dueAt={clock.dueAt} state={clock.state as "running"} />}
        </div>
      )}
    >
      {next && (
        <Banner kind={state === "declined" || state === "expired" ? "warning" : "info"}>
          <p>{next}{clock?.state === "running" && ` ${t(clock.kind === "acknowledge" ? "referrals.seen_by" : "referrals.by", { time: formatMoment(clock.dueAt, language) })}`}</p>
          {state === "declined" && referral.reason && <p><strong>{reason(referral.reason)}</strong></p>}
        </Banner>
      )}
      {referral.reportedBy === "sender" && <p className="quiet">{t("referrals.told_by_sender")}</p>}
      {referral.reroutedTo && (
        <Banner kind="info">{t("referrals.followed_by")} <Link href={`/referrals/${referral.reroutedTo}`}>{t("referrals.open_that")}</Link></Banner>
      )}
      {referral.group && referral.group.members > 1 && (
        <Banner kind="info">
          <p>{t(referral.group.together ? "referrals.stays_with" : "referrals.came_with", { count: referral.group.members - 1 })}</p>
          <p><ButtonLink kind="primary" href={`/groups/${referral.group.id}`}>{t("referrals.open_group")}</ButtonLink></p>
        </Banner>
      )}
      {!referral.reroutedTo && referral.victimId && offered.some(({ action }) => action === "reroute") && <Reroute read={read} victimId={referral.victimId} />}
      <Facts referral={referral} />
      <Shared referral={referral} />
      {referral.handovers.length > 0 && <p><ButtonLink href={`/referrals/${referral.id}/handover`}>{t("handovers.handover")}</ButtonLink></p>}
      <Messages id={referral.id} kinds={written(referral)} />
      <History id={referral.id} />
      {party === "provider" && referral.victimId && <AskForLead victimId={referral.victimId} />}
      <ActionBar
        acts={[
          ...(receives ? [{ key: "handover", label: t("handovers.receive"), kind: "primary" as const, onPress: handover }] : []),
          ...acts.map((allowed, index) => ({
            key: allowed.action,
            label: t(verbOf(allowed)),
            kind: index === 0 && !receives ? "primary" as const : "secondary" as const,
            onPress: () => setActing(allowed),
          })),
        ]}
      />
      {acting && <ActionSheet key={acting.action} allowed={acting} read={read} onClose={() => setActing(undefined)} />}
    </Page>
  );
}

/** For a supervisor of an agency that must lead a case which it was only sent. */
function AskForLead({ victimId }: { victimId: string }): ReactNode {
  const t = useText();
  const victim = useShell(victimId);
  return victim.data?.may.askForLead && <ButtonLink href={`/cases/${victimId}/transfer`}>{t("transfers.request")}</ButtonLink>;
}

function Facts({ referral }: { referral: ReferralView }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const name = useName();
  const district = useDistrictName();
  const glimpse = useGlimpse();
  const constraint = useLabel("service_constraint");
  const flag = useLabel("referral_flag");
  const { party, constraints, flags, submittedAt } = referral;
  const moments = [
    ["referrals.sent_at", submittedAt], ["referrals.expected_at", referral.plannedAt], ["referrals.ends_at", referral.plannedEndAt], ["referrals.review_at", referral.reviewAt],
  ] as const;
  const facts = [
    { label: t("parts.who"), value: glimpse(referral) },
    { label: t("parts.district"), value: district(referral.district) },
    ...(constraints.length > 0 ? [{ label: t("referrals.asks_for"), value: constraints.map(constraint).join(t("parts.comma")) }] : []),
    ...(flags.length > 0 ? [{ label: t("referrals.mind"), value: flags.map(flag).join(t("parts.comma")) }] : []),
    party === "sender"
      ? { label: t("parts.provider"), value: name(referral.provider) }
      : { label: t("parts.sender"), value: name(referral.sender) },
    { label: t("referrals.service"), value: name(referral.service) },
    ...(referral.fallbacks.length > 0 ? [{ label: t("referrals.if_they_cannot"), value: t("parts.goes_on", { count: referral.fallbacks.length }) }] : []),
    ...moments.flatMap(([label, at]) => (at ? [{ label: t(label), value: <time dateTime={at}>{formatMoment(at, language)}</time> }] : [])),
    ...(referral.firstSubmittedAt ? [{ label: t("referrals.time_to_help"), value: <TimeToHelp first={referral.firstSubmittedAt} minutes={referral.minutesToHelp} /> }] : []),
    { label: t("parts.code"), value: <CaseCode code={referral.caseCode} /> },
  ];
  return <CheckAnswers facts={facts} />;
}

/** Counted from the first sending, whatever providers it went to since. */
function TimeToHelp({ first, minutes }: { first: string; minutes: number | null | undefined }): ReactNode {
  const t = useText();
  const language = useLanguage();
  if (typeof minutes !== "number") {
    return t("referrals.help_awaited", { time: formatMoment(first, language) });
  }
  const { unit, count } = span(minutes * 60_000);
  return t(`referrals.helped_after_${unit}`, { count, time: formatMoment(first, language) });
}

/** An outcome is recorded by its action; here are words. */
const written = ({ entryKinds }: ReferralView): Kind[] => entryKinds.filter((kind): kind is Kind => kind === "message" || kind === "progress" || kind === "service_delivered");

/** Who the person is comes first, whatever the server's order. */
const byReading = (a: { group: string }, b: { group: string }): number => Number(b.group === "identity") - Number(a.group === "identity");

/** What is open to the reader now; before that, what will open and when. */
function Shared({ referral }: { referral: ReferralView }): ReactNode {
  const t = useText();
  const group = useLabel("data_group");
  const kind = useLabel("record_kind");
  const { victimId, open, chosen, party } = referral;
  return (
    <section className="stack-tight" aria-labelledby="shared">
      <h2 id="shared">{t(party === "sender" ? "referrals.what_is_shared" : "referrals.shared_with_you")}</h2>
      {victimId && open.length > 0 && party === "provider"
        ? [...open].sort(byReading).map((one) => <Opened key={`${one.group} ${one.recordId ?? ""}`} victimId={victimId} group={one.group} recordId={one.recordId} kind={one.kind} />)
        : (
          <div className="sunk stack-tight">
            <p>{t(party === "sender" ? "referrals.shared_note_sender" : "referrals.shared_note_provider")}</p>
            {chosen.length > 0 && <ul>{chosen.map((one) => <li key={one.recordId ?? one.group}>{one.recordId ? kind(one.kind) : group(one.group)}</li>)}</ul>}
          </div>
        )}
    </section>
  );
}
