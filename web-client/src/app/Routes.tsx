import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, type LazyExoticComponent, type ReactNode, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { ProblemView } from "#api/Loaded.tsx";
import type { Problem } from "#api/problems.ts";
import type { Me } from "#api/shapes.ts";
import { home, homeOf, readsReferrals, useMe } from "#api/session.ts";
import { speakInside, useText } from "#i18n/i18n.tsx";
import { Page } from "#ui/Page.tsx";
import { Empty, Failure, Waiting } from "#ui/States.tsx";
import { Boundary } from "./Boundary.tsx";

/** A screen behind the sign-in: it comes with the words of all of them. */
function inside<Props>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => (await Promise.all([load(), speakInside()]))[0]);
}

// Where most begin; fetched while the words and the session are still on their way.
const queue = (): Promise<typeof import("#features/referrals/Queue.tsx")> => import("#features/referrals/Queue.tsx");
if (location.pathname === home) {
  void Promise.all([queue(), speakInside()]).catch(() => undefined);
}
const Queue = inside(queue);
const Referral = inside(() => import("#features/referrals/Referral.tsx"));
const Group = inside(() => import("#features/groups/Group.tsx"));
const ReferTogether = inside(() => import("#features/groups/ReferTogether.tsx"));
const Handovers = inside(() => import("#features/handovers/Handovers.tsx"));
const Cases = inside(() => import("#features/victims/Cases.tsx"));
const Find = inside(() => import("#features/victims/Find.tsx"));
const Case = inside(() => import("#features/victims/Case.tsx"));
const Files = inside(() => import("#features/victims/Files.tsx"));
const Slip = inside(() => import("#features/victims/Slip.tsx"));
const About = inside(() => import("#features/victims/About.tsx"));
const WriteItem = inside(() => import("#features/victims/WriteItem.tsx"));
const EditItem = inside(() => import("#features/victims/EditItem.tsx"));
const FamilyForm = inside(() => import("#features/victims/FamilyForm.tsx"));
const Plan = inside(async () => ({ default: (await import("#features/victims/Care.tsx")).Plan }));
const Visits = inside(async () => ({ default: (await import("#features/victims/Care.tsx")).Visits }));
const Age = inside(() => import("#features/victims/Age.tsx"));
const Blocks = inside(() => import("#features/victims/Blocks.tsx"));
const Voice = inside(() => import("#features/voice/Voice.tsx"));
const Seen = inside(() => import("#features/voice/Seen.tsx"));
const Unasked = inside(() => import("#features/victims/Unasked.tsx"));
const Register = inside(() => import("#features/victims/Register.tsx"));
const Refer = inside(() => import("#features/refer/Refer.tsx"));
const Notices = inside(() => import("#features/notices/Notices.tsx"));
const Clocks = inside(() => import("#features/clocks/Clocks.tsx"));
const Transfers = inside(() => import("#features/transfers/Transfers.tsx"));
const Transfer = inside(() => import("#features/transfers/Transfer.tsx"));
const CaseTransfer = inside(() => import("#features/transfers/CaseTransfer.tsx"));
const Desk = inside(() => import("#features/desk/Desk.tsx"));
const Approval = inside(() => import("#features/desk/Approval.tsx"));
const Emergency = inside(() => import("#features/emergency/Emergency.tsx"));
const Access = inside(() => import("#features/emergency/Access.tsx"));
const Alert = inside(() => import("#features/desk/Alert.tsx"));
const PlacesBoard = inside(() => import("#features/places/PlacesBoard.tsx"));
const Reports = inside(() => import("#features/reports/Reports.tsx"));
const NewReport = inside(() => import("#features/reports/NewReport.tsx"));
const Report = inside(() => import("#features/reports/Report.tsx"));
const Releases = inside(() => import("#features/releases/Releases.tsx"));
const Audit = inside(() => import("#features/audit/Audit.tsx"));
const Verify = inside(() => import("#features/audit/Verify.tsx"));
const Reached = inside(() => import("#features/session/Reached.tsx"));
const SignedIn = inside(() => import("#features/session/SignedIn.tsx"));
const Unsent = inside(() => import("#features/unsent/Waiting.tsx"));
const Pin = inside(() => import("#features/session/Pin.tsx"));
const Unlock = lazy(() => import("./Unlock.tsx"));
const ChooseAgency = lazy(async () => ({ default: (await import("#features/session/ChooseAgency.tsx")).ChooseAgency }));
const Welcome = lazy(async () => ({ default: (await import("#features/session/Welcome.tsx")).Welcome }));
const More = inside(() => import("#features/session/More.tsx"));

export function Routes(): ReactNode {
  const me = useMe();
  // Somebody who was in already is locked out, over what is open.
  if (me.error?.status === 401 && !me.data) {
    return <Welcome />;
  }
  if (me.error?.code === "choose_membership") {
    return <ChooseAgency />;
  }
  if (me.data) {
    return <Boundary><Inside key={me.data.id} me={me.data} /></Boundary>;
  }
  return me.error
    ? <Closed problem={me.error} retry={() => void me.refetch()} />
    : <main id="main" className="main"><Waiting /></main>;
}

/** Nobody can say who is here: what is kept on this phone stays shut. */
function Closed({ problem, retry }: { problem: Problem; retry: () => void }): ReactNode {
  const t = useText();
  const cache = useQueryClient();
  return problem.status === 0
    ? (
      <Page title={t("app.offline")} tabTitle="NRS">
        <Suspense><Unlock onOpen={(me) => cache.setQueryData<Me>(["me"], me)} /></Suspense>
        <Failure sentence={t("app.offline_closed")} onRetry={retry} />
      </Page>
    )
    : <Page title={t("app.name")} tabTitle="NRS"><ProblemView problem={problem} retry={retry} /></Page>;
}

function Inside({ me }: { me: Me }): ReactNode {
  const begin = <Redirect to={homeOf(me.areas)} replace />;
  const reads = readsReferrals(me.areas);
  return (
    <Switch>
      <Route path="/">{begin}</Route>
      <Route path="/referrals/received">{reads ? <Queue key="received" box="received" areas={me.areas} /> : begin}</Route>
      <Route path="/referrals/sent">{reads ? <Queue key="sent" box="sent" areas={me.areas} /> : begin}</Route>
      <Route path="/referrals/:id">{({ id }) => <Referral key={id} id={id} />}</Route>
      <Route path="/groups/:id">{({ id }) => <Group key={id} id={id} />}</Route>
      <Route path="/households/:id/refer">{({ id }) => <ReferTogether key={id} id={id} />}</Route>
      <Route path="/referrals/:id/handover">{({ id }) => <Handovers key={id} id={id} />}</Route>
      <Route path="/cases"><Cases /></Route>
      <Route path="/cases/:id">{({ id }) => <Case key={id} id={id} />}</Route>
      <Route path="/cases/:id/about/:document?">{({ id, document }) => <About key={`${id}/${document}`} id={id} document={document} me={me} />}</Route>
      <Route path="/cases/:id/items/:kind">{({ id, kind }) => <WriteItem key={`${id}/${kind}`} id={id} kind={kind} me={me} />}</Route>
      <Route path="/cases/:id/records/:recordId">{({ id, recordId }) => <EditItem key={recordId} id={id} recordId={recordId} me={me} />}</Route>
      <Route path="/cases/:id/refer/:step?">{({ id, step }) => <Refer key={`${id}/${step}`} victimId={id} step={step ?? "needs"} me={me} />}</Route>
      <Route path="/cases/:id/plan">{({ id }) => <Plan key={id} id={id} />}</Route>
      <Route path="/cases/:id/visits">{({ id }) => <Visits key={id} id={id} />}</Route>
      <Route path="/cases/:id/files">{({ id }) => <Files key={id} id={id} />}</Route>
      <Route path="/cases/:id/age">{({ id }) => <Age key={id} id={id} />}</Route>
      <Route path="/cases/:id/blocks">{({ id }) => <Blocks key={id} id={id} />}</Route>
      <Route path="/cases/:id/permissions/new/:kind">{({ id, kind }) => <Unasked key={`${id}/${kind}`} id={id} kind={kind} />}</Route>
      <Route path="/cases/:id/voice">{({ id }) => <Voice key={id} id={id} />}</Route>
      <Route path="/cases/:id/seen">{({ id }) => <Seen key={id} id={id} />}</Route>
      <Route path="/cases/:id/slip">{({ id }) => <Slip key={id} id={id} />}</Route>
      <Route path="/cases/:id/transfer">{({ id }) => <CaseTransfer key={id} id={id} />}</Route>
      <Route path="/transfers"><Transfers /></Route>
      <Route path="/transfers/:id">{({ id }) => <Transfer key={id} id={id} />}</Route>
      <Route path="/desk"><Desk /></Route>
      <Route path="/desk/alerts/:id">{({ id }) => <Alert key={id} id={id} />}</Route>
      <Route path="/desk/:id">{({ id }) => <Approval key={id} id={id} />}</Route>
      <Route path="/emergency">{me.areas.includes("emergency") ? <Emergency /> : begin}</Route>
      <Route path="/emergency/:id">{({ id }) => <Access key={id} id={id} />}</Route>
      <Route path="/find"><Find me={me} /></Route>
      <Route path="/register"><Register key="start" me={me} /></Route>
      <Route path="/register/family"><FamilyForm me={me} /></Route>
      <Route path="/register/:draft/:step">{({ draft, step }) => <Register key={step} me={me} draft={draft} step={step} />}</Route>
      <Route path="/reports"><Reports me={me} /></Route>
      <Route path="/reports/new/:draft?">{({ draft }) => <NewReport key={draft} me={me} draft={draft} />}</Route>
      <Route path="/reports/:id">{({ id }) => <Report key={id} id={id} />}</Route>
      <Route path="/notices"><Notices /></Route>
      <Route path="/deadlines"><Clocks /></Route>
      <Route path="/places"><PlacesBoard me={me} /></Route>
      <Route path="/law">{me.areas.includes("law") ? <Releases /> : begin}</Route>
      <Route path="/audit">{me.areas.includes("audit") ? <Audit /> : begin}</Route>
      <Route path="/audit/verify">{me.areas.includes("audit") ? <Verify /> : begin}</Route>
      <Route path="/account/messages"><Reached /></Route>
      <Route path="/account/pin"><Pin me={me} /></Route>
      <Route path="/signed-in"><SignedIn /></Route>
      <Route path="/waiting"><Unsent me={me} /></Route>
      <Route path="/more"><More me={me} /></Route>
      <Route><NotHere /></Route>
    </Switch>
  );
}

function NotHere(): ReactNode {
  const t = useText();
  return <Page title={t("app.not_here")}><Empty>{t("problem.unknown")}</Empty></Page>;
}
