import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Loaded } from "#api/Loaded.tsx";
import { useProblemText } from "#api/problems.ts";
import { useLabel } from "#api/reference.ts";
import { formatMoment } from "#i18n/format.ts";
import { useLanguage, useText } from "#i18n/i18n.tsx";
import { WordsSheet } from "#parts/WordsSheet.tsx";
import { Banner } from "#ui/Banner.tsx";
import { Button } from "#ui/Button.tsx";
import { ErrorSummary, Field } from "#ui/Field.tsx";
import { CheckAnswers } from "#ui/Lists.tsx";
import { Page } from "#ui/Page.tsx";
import { type Change, type Decision, type Draft, type Proposal, type Rule, useChanges, useDecide, useProposals, usePropose, useTakeBack } from "./releases.ts";

/** What the laws say of ages, in numbered releases: one person proposes the next, and another decides who has read what it changes. */
export default function Releases(): ReactNode {
  const t = useText();
  const [, go] = useLocation();
  const proposals = useProposals();
  return (
    <Page title={t("releases.title")} back={() => go("/more")} lead={<p className="quiet">{t("releases.lead")}</p>}>
      <Loaded query={proposals}>
        {(rows) => (
          <>
            {rows.map((one) => <Release key={one.number} proposal={one} />)}
            {!rows.some(({ state }) => state === "proposed") && <Propose />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Release({ proposal }: { proposal: Proposal }): ReactNode {
  const t = useText();
  const language = useLanguage();
  const state = useLabel("law_release_state");
  const [deciding, setDeciding] = useState<Decision>();
  const [takingBack, setTakingBack] = useState(false);
  const { number, proposedBy, decidedBy, decidedAt, line } = proposal;
  const title = t("releases.one", { number });
  const who = (worker: Proposal["proposedBy"], at: string): ReactNode => <>{worker && <><bdi>{worker.displayName}</bdi>, </>}{formatMoment(at, language)}</>;
  return (
    <section className="card stack-tight" aria-label={title}>
      <div className="spread"><h2>{title}</h2><span className={`chip ${proposal.state === "proposed" ? "waiting" : proposal.state === "approved" ? "done" : "closed"}`}>{state(proposal.state)}</span></div>
      <p lang="en" dir="ltr">{proposal.note}</p>
      <CheckAnswers
        bare
        facts={[
          { label: t("releases.proposed"), value: who(proposedBy, proposal.proposedAt) },
          ...(decidedAt ? [{ label: t("releases.decided"), value: who(decidedBy, decidedAt) }] : []),
          ...(line ? [{ label: t("releases.why_not"), value: <bdi>{line}</bdi> }] : []),
        ]}
      />
      {proposal.state === "proposed" && <Changes number={number} />}
      {proposal.mayWithdraw && <p className="quiet">{t("releases.own")}</p>}
      <div className="row">
        {proposal.allowedDecisions.map((decision) => (
          <Button key={decision} kind={decision === "approve" ? "primary" : "secondary"} onClick={() => setDeciding(decision as Decision)}>{t(`releases.act_${decision as Decision}`)}</Button>
        ))}
        {proposal.mayWithdraw && <Button onClick={() => setTakingBack(true)}>{t("releases.take_back")}</Button>}
      </div>
      {deciding && <Decide number={number} decision={deciding} onClose={() => setDeciding(undefined)} />}
      {takingBack && <TakeBack number={number} onClose={() => setTakingBack(false)} />}
    </section>
  );
}

/** Rule by rule, as a lawyer compares them: what it said, what it would say, and whether a day that is over would be answered otherwise. */
function Changes({ number }: { number: number }): ReactNode {
  const t = useText();
  const changes = useChanges(number);
  return (
    <section className="stack-tight" aria-labelledby={`changes-${number}`}>
      <h3 id={`changes-${number}`}>{t("releases.changes")}</h3>
      <Loaded query={changes}>
        {(rows) => <dl className="facts">{rows.map((change) => <Line key={(change.after ?? change.before)?.id} change={change} />)}</dl>}
      </Loaded>
    </section>
  );
}

function Line({ change: { before, after, members, rewritesPast } }: { change: Change }): ReactNode {
  const t = useText();
  const purpose = useLabel("law_purpose");
  const rule = after ?? before;
  const said = (of: Rule, member: string): string => String(of[member as keyof Rule] ?? t("releases.nothing"));
  return rule ? (
    <div>
      <dt>{purpose(rule.purpose)} · <bdi dir="ltr">{rule.jurisdiction}</bdi></dt>
      <dd>
        {before && after
          ? members.map((member) => (
            <p key={member} className="small" lang="en" dir="ltr">
              <bdi>{member}</bdi>: <del>{said(before, member)}</del> → <ins>{said(after, member)}</ins>
            </p>
          ))
          : <p>{t("releases.new_rule", { limit: rule.limit, day: `\u2066${rule.from}\u2069` })} <bdi className="quiet" lang="en">{rule.law}</bdi></p>}
        <bdi className="quiet small" dir="ltr">{rule.id}</bdi>
        {rewritesPast && <Banner kind="warning">{t("releases.rewrites")}</Banner>}
      </dd>
    </div>
  ) : null;
}

function Decide({ number, decision, onClose }: { number: number; decision: Decision; onClose: () => void }): ReactNode {
  const t = useText();
  const decide = useDecide(number);
  return (
    <WordsSheet
      verb={t(`releases.act_${decision}`)} about={t(`releases.about_${decision}`)} sending={decide} onClose={onClose}
      asks={decision === "refuse" ? { label: t("releases.why_not"), lines: 3, lacks: t("releases.lacks_line") } : undefined}
      onSend={(line) => decide.mutate({ decision, ...(line && { line }) }, { onSuccess: onClose })}
    />
  );
}

function TakeBack({ number, onClose }: { number: number; onClose: () => void }): ReactNode {
  const t = useText();
  const back = useTakeBack(number);
  return <WordsSheet verb={t("releases.take_back")} about={t("releases.about_take_back")} sending={back} onClose={onClose} onSend={() => back.mutate(undefined, { onSuccess: onClose })} />;
}

/** A file with what changes and what is new, as the API takes it: prepared elsewhere, by whoever compares laws. */
function Propose(): ReactNode {
  const t = useText();
  const sentence = useProblemText();
  const propose = usePropose();
  const [draft, setDraft] = useState<Draft>();
  const [fault, setFault] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const lacking = fault ? t("releases.file_unread") : attempt > 0 && !draft ? t("releases.lacks_file") : undefined;
  const read = async (file: File | undefined): Promise<void> => {
    try {
      setDraft(file && (JSON.parse(await file.text()) as Draft));
      setFault(false);
    } catch {
      setDraft(undefined);
      setFault(true);
    }
  };
  return (
    <form
      className="card stack" noValidate aria-label={t("releases.propose")}
      onSubmit={(event) => {
        event.preventDefault();
        setAttempt(attempt + 1);
        if (draft) {
          propose.mutate(draft);
        }
      }}
    >
      <h2>{t("releases.propose")}</h2>
      <ErrorSummary mistakes={lacking ? { file: lacking } : {}} attempt={attempt} />
      {propose.error && (
        <Banner kind="warning" live>
          {sentence(propose.error)}
          {propose.error.fields.length > 0 && <ul>{propose.error.fields.map(({ pointer, code, detail }) => <li key={pointer + code}><bdi dir="ltr">{pointer}</bdi> {detail ?? code}</li>)}</ul>}
        </Banner>
      )}
      <Field name="file" label={t("releases.file")} hint={t("releases.file_hint")} mistake={lacking}>
        {(control) => <input {...control} type="file" accept="application/json,.json" onChange={({ target }) => void read(target.files?.[0])} />}
      </Field>
      <Button kind="primary" type="submit" busy={propose.isPending}>{t("releases.propose")}</Button>
    </form>
  );
}
