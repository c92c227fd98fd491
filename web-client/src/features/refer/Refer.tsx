import { type ReactNode, useEffect } from "react";
import { Redirect, useLocation, useSearch } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import type { Me, NeedView, VictimView } from "#api/shapes.ts";
import { useText } from "#i18n/i18n.tsx";
import { Page } from "#ui/Page.tsx";
import { Waiting } from "#ui/States.tsx";
import { Check } from "./Check.tsx";
import { Matches } from "./Matches.tsx";
import { Needs } from "./Needs.tsx";
import { Permission } from "./Permission.tsx";
import { type Plan, type Step, steps, usePlan } from "./plan.ts";
import { useNeeds, useVictim } from "./reads.ts";
import { Sent } from "./Sent.tsx";
import { ShareStep } from "./Share.tsx";

export type StepProps = {
  me: Me;
  victim: VictimView;
  /** All needs, the open ones, and those of them that this referral is for. */
  needs: readonly NeedView[];
  open: readonly NeedView[];
  chosen: readonly NeedView[];
  plan: Plan;
  change: (plan: Plan) => void;
  next: (step: Step, plan: Plan) => void;
  drop: () => Promise<void>;
  frame: { tabTitle: string; back: () => void; saveAndLeave: () => void };
};

type Props = { victimId: string; step: string; me: Me };

export default function Refer({ victimId, step, me }: Props): ReactNode {
  const t = useText();
  const known = steps.find((one) => one === step);
  const victim = useVictim(victimId);
  const needs = useNeeds(victimId);
  if (!known) {
    return <Redirect to={`/cases/${victimId}/refer/needs`} replace />;
  }
  if (victim.data && needs.data) {
    return <Steps me={me} victim={victim.data} needs={needs.data} step={known} />;
  }
  return <Page title={t("refer.refer")}>{victim.data ? <Loaded query={needs}>{() => null}</Loaded> : <Loaded query={victim}>{() => null}</Loaded>}</Page>;
}

function Steps({ me, victim, needs, step }: { me: Me; victim: VictimView; needs: readonly NeedView[]; step: Step }): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const said = new URLSearchParams(useSearch());
  const asked = said.get("needs");
  // Who is asked for a referral that lies ready in a group goes back to that.
  const group = /^[0-9a-f-]{36}$/.exec(said.get("group") ?? "")?.[0];
  const draft = usePlan(me.id, victim.id);
  const plan = draft.value;
  const { change } = draft;
  // A link may name the needs, as after "could not help".
  useEffect(() => {
    if (plan && asked && plan.needIds.join() !== asked) {
      change({ ...plan, needIds: asked.split(","), shares: {}, services: {}, fallbacks: {}, referrals: {} });
    }
    // Only the link matters; the plan changes with every answer.
    // eslint-disable-next-line react/exhaustive-deps
  }, [asked, plan === undefined]);
  if (!plan) {
    return <main id="main" className="main"><Waiting /></main>;
  }
  const at = (to: Step): string => `/cases/${victim.id}/refer/${to}`;
  const before = steps[steps.indexOf(step) - 1];
  const home = group ? `/groups/${group}` : `/cases/${victim.id}`;
  const open = needs.filter(({ status }) => status === "open");
  const props: StepProps = {
    me, victim, needs, open, plan, change,
    chosen: open.filter(({ id }) => plan.needIds.length === 0 || plan.needIds.includes(id)),
    drop: draft.drop,
    next: (to, after) => void draft.keep(after).finally(() => go(group ? home : at(to))),
    frame: {
      tabTitle: t("refer.refer"),
      back: () => go(before && !group ? at(before) : home),
      saveAndLeave: () => void draft.keep(plan).finally(() => go(home)),
    },
  };
  switch (step) {
    case "needs": return <Needs {...props} />;
    case "permission": return <Permission {...props} />;
    case "matches": return <Matches {...props} />;
    case "share": return <ShareStep {...props} />;
    case "check": return <Check {...props} />;
    case "sent": return <Sent {...props} />;
  }
}
