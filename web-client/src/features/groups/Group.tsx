import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useLabel, useName } from "#api/reference.ts";
import type { Tagged } from "#api/client.ts";
import { useMe } from "#api/session.ts";
import { useText } from "#i18n/i18n.tsx";
import { StateChip } from "#parts/Chips.tsx";
import { CaseCode, useGlimpse } from "#parts/People.tsx";
import { type Act, ActionBar } from "#ui/ActionBar.tsx";
import { Banner } from "#ui/Banner.tsx";
import { ClockChip, type Family, StatusChip } from "#ui/Chips.tsx";
import { Page } from "#ui/Page.tsx";
import { type Column, WorkList } from "#ui/Work.tsx";
import { AnswerSheet, useAcceptVerb } from "./AnswerSheet.tsx";
import { AskSheet } from "./AskSheet.tsx";
import { CountSheet } from "./CountSheet.tsx";
import { DecideSheet } from "./DecideSheet.tsx";
import { type Group as Shape, type Member, useGroup } from "./groups.ts";
import { HandOverSheet } from "./HandOverSheet.tsx";
import { JourneySheet } from "./JourneySheet.tsx";
import { SendSheet } from "./SendSheet.tsx";
import type { Decision } from "./together.ts";

/** All who were sent together, as far as the reader sees them: where each stands, and one answer for all. */
export default function Group({ id }: { id: string }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const group = useGroup(id);
  return group.data
    ? <Shown read={group.data} />
    : <Page title={t("groups.title")} back={() => go("/referrals/received")}><Loaded query={group}>{() => null}</Loaded></Page>;
}

const families: Record<string, Family> = { open: "waiting", partially_accepted: "asks", accepted: "going", partially_served: "going", closed: "closed" };

/** In the order in which they are offered: what somebody waits for comes first. */
const journey = ["confirm", "arrive", "hand_over", "depart"] as const;
type Journeying = (typeof journey)[number];
type Doing = "accept" | "decline" | "submit" | "ask" | Decision | Journeying;

function Shown({ read }: { read: Tagged<Shape> }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const kind = useLabel("group_kind");
  const state = useLabel("group_state");
  const [doing, setDoing] = useState<Doing>();
  const { members, together, allowedActions, ...group } = read.value;
  const decisions = group.allowedDecisions as Decision[];
  const able = (action: string): Member[] => members.filter((one) => one.allowedActions.includes(action));
  // Who came together is counted together; the next of them after that.
  const since = able("confirm")[0]?.awaitsCountSince;
  const of: Record<Journeying, Member[]> = {
    confirm: able("confirm").filter((one) => one.awaitsCountSince === since), arrive: able("arrive"), hand_over: able("hand_over"), depart: able("depart"),
  };
  const waiting = members.filter(({ awaitsAnswer }) => awaitsAnswer);
  const accept = useAcceptVerb();
  const drafts = members.filter(({ referral }) => referral.state === "draft").length;
  const apart = members.filter(({ awaitsApproval }) => awaitsApproval).length;
  const own = useMe().data?.agency.id;
  const isReceived = waiting.length > 0 || members.some(({ referral }) => referral.provider.id === own);
  const acts: Act[] = [
    ...(allowedActions.includes("submit") ? [{ key: "submit", label: t("groups.send", { count: drafts }), kind: "primary" as const, onPress: () => setDoing("submit") }] : []),
    ...(allowedActions.includes("answer") ? [
      { key: "accept", label: accept(waiting), kind: "primary" as const, onPress: () => setDoing("accept") },
      { key: "decline", label: t("groups.decline"), onPress: () => setDoing("decline") },
    ] : []),
    ...(allowedActions.includes("ask") ? [{ key: "ask", label: t("groups.ask"), kind: "primary" as const, onPress: () => setDoing("ask") }] : []),
    ...decisions.map((decision) => ({ key: decision, label: t(`groups.act_${decision}`), kind: decision === "approve" ? "primary" as const : "secondary" as const, onPress: () => setDoing(decision) })),
    ...journey.filter((one) => of[one].length > 0).map((one) => ({ key: one, label: t(`groups.${one}`, { count: of[one].length }), onPress: () => setDoing(one) })),
  ];
  const [first, ...rest] = acts;
  return (
    <Page
      title={`${kind(group.kind)}${t("parts.comma")}${t("groups.people", { count: members.length })}`} tabTitle={t("groups.title")} wide actionBar={acts.length > 0}
      back={() => go(`/referrals/${isReceived ? "received" : "sent"}`)}
      lead={<div className="row"><StatusChip family={families[group.state] ?? "closed"}>{state(group.state)}</StatusChip></div>}
    >
      {apart > 0 && <Banner kind="warning">{t("groups.apart", { count: apart })}</Banner>}
      {together && apart === 0 && <Banner kind="info">{t(waiting.length > 0 ? "groups.rule_answer" : "groups.rule")}</Banner>}
      <Members members={members} />
      <ActionBar acts={first ? [{ ...first, kind: "primary" }, ...rest.map((act) => ({ ...act, kind: "secondary" as const }))] : []} />
      {(doing === "accept" || doing === "decline") && <AnswerSheet read={read} answer={doing} onClose={() => setDoing(undefined)} />}
      {(doing === "depart" || doing === "arrive") && <JourneySheet read={read} action={doing} of={of[doing]} onClose={() => setDoing(undefined)} />}
      {doing === "hand_over" && <HandOverSheet read={read} of={of[doing]} onClose={() => setDoing(undefined)} />}
      {doing === "confirm" && <CountSheet read={read} of={of[doing]} onClose={() => setDoing(undefined)} />}
      {(doing === "approve" || doing === "send_back" || doing === "refuse") && <DecideSheet read={read} decision={doing} onClose={() => setDoing(undefined)} />}
      {doing === "ask" && <AskSheet read={read} onClose={() => setDoing(undefined)} />}
      {doing === "submit" && <SendSheet read={read} verb={t("groups.send", { count: drafts })} onClose={() => setDoing(undefined)} />}
    </Page>
  );
}

/** Each of them: who, where it stands, who answered what. */
function Members({ members }: { members: readonly Member[] }): ReactNode {
  const t = useText();
  const name = useName();
  const glimpse = useGlimpse();
  const category = useLabel("service_category");
  const reason = useLabel("decline_reason");
  const columns: Column<Member>[] = [
    {
      key: "clock", heading: t("parts.deadline"), card: "chip",
      cell: ({ referral: { clock } }) => clock && <ClockChip startedAt={clock.startedAt} dueAt={clock.dueAt} state={clock.state as "running"} />,
    },
    { key: "state", heading: t("parts.state"), card: "chip", cell: ({ referral, awaitsAnswer }) => <StateChip state={referral.state} phase={referral.phase} party={awaitsAnswer ? "provider" : "sender"} /> },
    { key: "need", heading: t("parts.need"), card: "text", cell: ({ referral }) => category(referral.category) },
    { key: "provider", heading: t("parts.provider"), card: "text", cell: ({ referral, service }) => `${name(service)} · ${name(referral.provider)}` },
    {
      key: "why", heading: t("groups.answer"), card: "text",
      cell: (member) => member.reason ? reason(member.reason) : member.awaitsApproval && t("groups.awaits_approval"),
    },
    { key: "code", heading: t("parts.code"), card: "text", cell: ({ referral }) => <CaseCode code={referral.caseCode} /> },
  ];
  return (
    <WorkList
      caption={t("groups.title")} rows={members} columns={columns} rowKey={({ referral }) => referral.id}
      href={({ referral }) => `/referrals/${referral.id}`} linkText={({ referral }) => glimpse(referral)} linkHeading={t("parts.who")}
    />
  );
}
